"""Forms of Wagtail's editor: people's HTML is cleaned, only the shop's own things offered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from creatorhub.foundation.rich_text import clean_html


class ShopPageForm(WagtailAdminPageForm):
    """A shop's page."""

    def clean_introduction(self) -> str:
        return clean_html(self.cleaned_data["introduction"] or "")


class PostPageForm(WagtailAdminPageForm):
    """A post: its listing and its picture belong to the shop it is written in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shop = self._shop()
        field = self.fields.get("listing")
        if field is not None:
            offered = field.queryset.filter(shop=shop) if shop else field.queryset.none()
            field.queryset = offered.exclude(state__in=["archived", "taken_down"])

    def _shop(self) -> Any:
        parent = self.parent_page or (self.instance.pk and self.instance.get_parent())
        return getattr(parent.specific, "shop", None) if parent else None

    def clean_body(self) -> str:
        return clean_html(self.cleaned_data["body"] or "")

    def clean_picture(self) -> Any:
        picture = self.cleaned_data["picture"]
        if picture is None or picture.pk == self.instance.picture_id:
            return picture
        shop = self._shop()
        if shop is None or picture.collection_id != shop.collection_id:
            self.add_error("picture", _("Choose one of your own shop's pictures."))
        return picture
