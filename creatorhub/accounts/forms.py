"""What sign-up asks beside the e-mail address, and what the account page changes."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from creatorhub.accounts.models import User
from creatorhub.accounts.services import welcome_user


class NameForm(forms.Form):
    """One question: what to call you. allauth adds the e-mail field and the rest."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth calls this once the account exists."""
        welcome_user(user=user, name=self.cleaned_data["name"], language=request.LANGUAGE_CODE)


class ProfileForm(forms.Form):
    """A person's name and the language the market writes to them in."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of mails"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
