"""Who walks the whole loop, and what they sell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cast:
    """One telling of the story: its language, its screen, its people."""

    language: str
    is_phone: bool
    seller: str
    shop: str
    handle: str
    second_seller: str
    second_shop: str
    second_handle: str
    second_product: str
    second_price: str
    affiliate: str
    buyer: str
    city: str
    post: str


ARABIC_ON_A_PHONE = Cast(
    language="ar",
    is_phone=True,
    seller="ليان",
    shop="حُليّ ليان",
    handle="layan-jewels",
    second_seller="راكان",
    second_shop="ورق راكان",
    second_handle="rakan-paper",
    second_product="دفتر السفر",
    second_price="40",
    affiliate="سارة",
    buyer="ريم",
    city="الرياض",
    post="هذا السوار أرتديه كل يوم منذ سنة ولم يتغيّر لونه.",
)
ENGLISH_AT_A_DESK = Cast(
    language="en",
    is_phone=False,
    seller="Layla",
    shop="Layla Jewels",
    handle="layla.jewels",
    second_seller="Ryan",
    second_shop="Ryan Paper",
    second_handle="ryan.paper",
    second_product="Travel journal",
    second_price="40",
    affiliate="Sara",
    buyer="Reem",
    city="Riyadh",
    post="I have worn this bracelet every day for a year and it looks as new.",
)

INSTAGRAM = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Mobile/22B83 Instagram 358.0.0.33.93 (iPhone15,3; iOS 18_1; en_US; scale=3.00)"
)
