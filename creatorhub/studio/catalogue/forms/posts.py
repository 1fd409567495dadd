"""The composer, and files one chooses."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from creatorhub.foundation.rich_text import html_from_text, text_from_html
from creatorhub.shops.models import Listing, PostPage, Shop
from creatorhub.studio.catalogue.forms.fields import FilesField

PICTURES_ACCEPTED = "image/jpeg,image/png,image/gif,image/webp,image/avif,image/heic,.heic"


class PostForm(forms.Form):
    """Text, a picture, a product."""

    body = forms.CharField(
        label=gettext_lazy("What do you want to say?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    title = forms.CharField(
        label=gettext_lazy("Headline"),
        help_text=gettext_lazy("Empty: the first words."),
        max_length=160,
        required=False,
    )
    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURES_ACCEPTED}),
    )
    remove_picture = forms.BooleanField(label=gettext_lazy("Take the picture away"), required=False)
    listing = forms.ModelChoiceField(
        label=gettext_lazy("Product one can buy from it"),
        queryset=Listing.objects.none(),
        required=False,
        empty_label=gettext_lazy("No product"),
    )

    def __init__(
        self, *args: Any, shop: Shop, post: PostPage | None = None, **options: Any
    ) -> None:
        self.post = post
        if post is not None:
            options["initial"] = {
                "title": post.title,
                "body": text_from_html(post.body),
                "listing": post.listing_id,
            }
        super().__init__(*args, **options)
        field = cast("forms.ModelChoiceField[Listing]", self.fields["listing"])
        field.queryset = Listing.objects.filter(
            shop=shop, state__in=[Listing.State.PUBLISHED, Listing.State.DRAFT]
        ).exclude(title="")

    def html(self) -> str:
        """The text as HTML. What nobody touched keeps the form the editor gave it."""
        text = self.cleaned_data["body"]
        if self.post is not None and text == self.initial["body"].strip():
            return str(self.post.body)
        return html_from_text(text)


class PicturesForm(forms.Form):
    """Up to ten pictures."""

    pictures = FilesField(label=gettext_lazy("Choose pictures"), most=10)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["pictures"].widget.attrs["accept"] = PICTURES_ACCEPTED


class FileForm(forms.Form):
    """A file that buyers download."""

    file = forms.FileField(label=gettext_lazy("Choose a file"))


class ImportForm(forms.Form):
    """A products export."""

    file = forms.FileField(
        label=gettext_lazy("Choose the CSV file"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
