"""The pages Wagtail keeps: a shop's page and its posts. They know no money."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PagePermissionTester

from creatorhub.shops.page_forms import PostPageForm, ShopPageForm
from creatorhub.shops.page_permissions import PostPagePermissions, ShopPagePermissions

POST_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"]


class ShopPage(Page):
    """A shop's front page. `Shop` is not a page, so copying or deleting this never moves money."""

    shop = models.OneToOneField(
        "shops.Shop", null=True, editable=False, on_delete=models.SET_NULL, related_name="page"
    )
    introduction = RichTextField(_("introduction"), blank=True, features=POST_FEATURES)

    base_form_class = ShopPageForm
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels: list[FieldPanel] = []
    settings_panels: list[FieldPanel] = []
    preview_modes: list[tuple[str, str]] = []
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["shops.PostPage"]

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return ShopPagePermissions(user, self)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request=request)
        if parts is None or self.shop is None:
            return None
        return parts[0], settings.BASE_URL, reverse("storefront:shop", args=[self.shop.handle])

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The tree's own address leads to the shop's address."""
        return redirect(self.get_url(request) or "/")


class PostPage(Page):
    """A post one can buy from: words, a picture, and at most one listing."""

    language = models.CharField(max_length=5, default="ar", editable=False)
    body = RichTextField(_("text"), features=POST_FEATURES)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    listing = models.ForeignKey(
        "shops.Listing",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts",
        verbose_name=_("product"),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("body"),
        FieldPanel("picture"),
        FieldPanel("listing"),
    ]
    base_form_class = PostPageForm
    promote_panels = [FieldPanel("slug")]
    settings_panels = [PublishingPanel()]
    preview_modes: list[tuple[str, str]] = []
    parent_page_types = ["shops.ShopPage"]
    subpage_types: list[str] = []

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return PostPagePermissions(user, self)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request=request)
        shop = getattr(self.get_parent().specific, "shop", None)
        if parts is None or shop is None:
            return None
        path = reverse("storefront:post", args=[shop.handle, self.slug])
        return parts[0], settings.BASE_URL, path

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return redirect(self.get_url(request) or "/")
