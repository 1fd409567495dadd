"""A page that shows every component, for whoever builds or judges the look. Sandbox only."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from dataclasses import dataclass
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from creatorhub.foundation.clock import today
from creatorhub.foundation.colour import ColourError, clean_hex
from creatorhub.foundation.drawing import Point
from creatorhub.money import Money

PARTS = {"shopper": "look/shopper.html", "studio": "look/studio.html"}
# Thirty days that rise and fall, so that a chart has something to say.
DAYS = (75, 70, 99, 86, 84, 116, 160, 158, 160, 122, 152, 140, 196, 196, 150, 212, 210, 214, 218)
DAYS_MORE = (174, 190, 222, 296, 250, 258, 200, 246, 258, 250, 230)
BEFORE = (82, 66, 112, 112, 98, 88, 124, 108, 128, 130, 116, 112, 126, 118, 108, 118, 148, 108, 112)
BEFORE_MORE = (146, 132, 148, 148, 146, 182, 142, 158, 148, 176, 158)


class LookForm(forms.Form):
    """One field of each kind, some of them wrong."""

    name = forms.CharField(label=_("Name of the shop"), help_text=_("In any script."))
    email = forms.EmailField(label=_("E-mail"))
    price = forms.CharField(label=_("Price"))
    country = forms.ChoiceField(
        label=_("Country"), choices=[("SA", _("Saudi Arabia")), ("EG", _("Egypt"))]
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False)
    colour = forms.CharField(label=_("Colour"), widget=forms.TextInput(attrs={"type": "color"}))
    agree = forms.BooleanField(label=_("Tell me when someone buys"), required=False)
    photos = forms.FileField(label=_("Photos"), required=False)


@dataclass(frozen=True, slots=True)
class _Bar:
    label: str
    text: str
    percent: int


@require_safe
def look_styleguide(request: HttpRequest, part: str) -> HttpResponse:
    """The components of the storefront or of the studio. `?brand=` and `?scheme=` dress it."""
    if not settings.SANDBOX or part not in PARTS:
        raise Http404
    scheme = request.GET.get("scheme")
    wrong = {"name": "", "email": "sara@", "price": "79", "colour": "#0f5a52"}
    context = {
        "shop": _shop(request.GET.get("brand", "")),
        "scheme": scheme if scheme in ("light", "dark") else "",
        "form": LookForm(wrong if "wrong" in request.GET else None),
        "page": Paginator(range(200), 10).page(6),
        "basket_count": 2,
        **_amounts(),
        **_figures(),
    }
    return render(request, PARTS[part], context)


def _shop(brand: str) -> SimpleNamespace:
    try:
        colour = clean_hex(brand)
    except ColourError:
        colour = "#0f5a52"
    return SimpleNamespace(
        name=_("Noor's shop"),
        tagline=_("Planners and patterns made by hand"),
        brand_colour=colour,
        verified_at=today(),
        get_absolute_url="/",
    )


def _picture(ground: str, thing: str) -> dict[str, object]:
    """A drawn picture that needs no file: an arch on a table."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600">'
        f'<rect width="600" height="600" fill="{ground}"/>'
        f'<rect y="420" width="600" height="180" fill="{thing}" opacity=".35"/>'
        f'<path d="M190 470V260a110 110 0 0 1 220 0v210z" fill="{thing}"/></svg>'
    )
    url = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return {"alt": "", "width": 600, "height": 600, "sources": ((url, 600),)}


def _amounts() -> dict[str, object]:
    price = Money(7900, "SAR")
    card = {
        "title": _("Content planner: thirty days of ideas"),
        "url": "#",
        "language": "ar",
        "price": price,
        "has_price_range": False,
        "compare_at": Money(11900, "SAR"),
        "is_sold_out": False,
        "picture": _picture("#f1d6c2", "#0f5a52"),
        "shop_name": _("Noor's shop"),
    }
    return {
        "price": price,
        "was": Money(11900, "SAR"),
        "balance": Money(412850, "SAR"),
        "fee": Money(-395, "SAR"),
        "dinars": Money(4500, "KWD"),
        "pictures": [_picture("#f1d6c2", "#0f5a52"), _picture("#dfe7e2", "#b4690e")],
        "cards": [
            card,
            {**card, "compare_at": None, "has_price_range": True, "price": Money(2450, "USD")},
            {**card, "is_sold_out": True, "price": Money(4500, "KWD"), "picture": None},
            {**card, "title": "Phone photography course", "language": "en", "compare_at": None},
        ],
    }


def _figures() -> dict[str, object]:
    first = today() - dt.timedelta(days=29)
    days = [first + dt.timedelta(days=n) for n in range(30)]
    points = [
        Point(f"{day.day}/{day.month}", value, str(value))
        for day, value in zip(days, DAYS + DAYS_MORE, strict=True)
    ]
    return {
        "today": today(),
        "points": points,
        "previous": BEFORE + BEFORE_MORE,
        "spark": DAYS[-9:],
        "bars": [
            _Bar("Instagram", "46%", 46),
            _Bar("TikTok", "31%", 31),
            _Bar("WhatsApp", "16%", 16),
            _Bar("YouTube", "7%", 7),
        ],
    }
