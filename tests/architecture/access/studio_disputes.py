"""Disputes, holds and appeals: staff decide, the affected person sees their own."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ABSENT = frozenset({404})

ROWS = {
    "studio:holds": Row(get=Who.SIGNED_IN),
    "studio:hold": Row(args=("payee_hold.pk",), get=Who.OWNER, post=Who.OWNER),
    "studio:freeze": Row(args=("sale_freeze.pk",), get=Who.OWNER, post=Who.OWNER),
    "studio:order_dispute": Row(
        args=("disputed_sale.pk", "dispute.pk"), get=Who.OWNER, post=Who.OWNER
    ),
    "studio:desk_disputes": Row(get=Who.STAFF),
    "studio:desk_dispute": Row(args=("dispute.pk",), get=Who.STAFF, post=Who.STAFF),
    "studio:desk_holds": Row(get=Who.STAFF),
    "studio:desk_freeze_payee": Row(args=("payee_hold.payee_id",), get=Who.STAFF, post=Who.STAFF),
    "studio:desk_freeze_sale": Row(args=("disputed_sale.pk",), get=Who.STAFF, post=Who.STAFF),
    "studio:desk_hold_end": Row(args=("payee_hold.pk",), get=Who.STAFF, post=Who.STAFF),
    "studio:desk_freeze_end": Row(args=("sale_freeze.pk",), get=Who.STAFF, post=Who.STAFF),
    "studio:desk_appeal": Row(args=("appeal.pk",), get=Who.STAFF, post=Who.STAFF),
    # Whoever holds the link of a mail may say that it was not them; nobody else has one.
    "studio:not_me": Row(
        args=("=not-a-token",), get=Who.EVERYONE, post=Who.EVERYONE, answers=ABSENT
    ),
}
