"""Who buys and where it goes, as the checkout page collected it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from oscar.apps.address.models import Country
from oscar.apps.order.models import ShippingAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How the buyer is reached. `language` is the one they read the shop in."""

    email: str
    phone: str = ""
    name: str = ""
    language: str = "ar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where it is sent. Many Arab addresses have neither street number nor postcode."""

    name: str
    line1: str
    city: str
    country: str
    line2: str = ""
    state: str = ""
    postcode: str = ""
    phone: str = ""
    notes: str = ""


def keep_address(address: Address) -> Any:
    """Oscar's row of an address; `country` is ISO 3166-1 alpha-2.

    Every country has its row since migration 0007, so none is looked up: the address only names it.
    """
    return ShippingAddress.objects.create(
        first_name=address.name,
        line1=address.line1,
        line2=address.line2,
        line4=address.city,
        state=address.state,
        postcode=address.postcode,
        country=Country(iso_3166_1_a2=address.country, printable_name=address.country),
        phone_number=address.phone,
        notes=address.notes,
    )
