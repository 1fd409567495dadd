"""What a signed-in buyer need not type again."""

from __future__ import annotations

from typing import Any

from oscar.apps.order.models import Order

from creatorhub.accounts.models import User


def known_buyer(user: User | None) -> dict[str, str]:
    """E-mail and name of the account, and the address of its last parcel."""
    if user is None:
        return {}
    known = {"email": user.email, "name": user.name}
    last = (
        Order.objects.filter(user=user, shipping_address__isnull=False)
        .select_related("shipping_address")
        .order_by("-id")
        .first()
    )
    if last is None:
        return known
    address: Any = last.shipping_address
    return known | {
        "name": address.name,
        "phone": str(address.phone_number or ""),
        "country": address.country_id,
        "city": address.line4,
        "district": address.line2,
        "street": address.line1,
        "postcode": address.postcode,
    }
