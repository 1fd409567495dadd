"""The verbs of this room."""

from __future__ import annotations

from creatorhub.affiliates.services.bind_touches import (
    bind_basket_touches,
    bind_order_touches,
    bind_user_touches,
)
from creatorhub.affiliates.services.credit_lines import SoldLine, credit_lines
from creatorhub.affiliates.services.join_programme import join_programme, leave_programme
from creatorhub.affiliates.services.rehold_commission import rehold_commission
from creatorhub.affiliates.services.release_commission import (
    postpone_commission,
    release_commission,
)
from creatorhub.affiliates.services.reverse_commission import (
    restore_commission,
    reverse_commission,
)
from creatorhub.affiliates.services.run_programme import (
    change_programme,
    exclude_member,
    open_programme,
)

__all__ = [
    "SoldLine",
    "bind_basket_touches",
    "bind_order_touches",
    "bind_user_touches",
    "change_programme",
    "credit_lines",
    "exclude_member",
    "join_programme",
    "leave_programme",
    "open_programme",
    "postpone_commission",
    "rehold_commission",
    "release_commission",
    "restore_commission",
    "reverse_commission",
]
