"""The book for staff; each movement and statement for whom it is about."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ROWS = {
    "studio:movement": Row(args=("payout.until_posting_id",), get=Who.OWNER),
    "studio:statement_pdf": Row(args=("payout.pk",), get=Who.OWNER),
    "studio:desk_ledger": Row(get=Who.STAFF),
    "studio:desk_accounts": Row(args=("=payee_held", "=SAR"), get=Who.STAFF),
    "studio:desk_account": Row(args=("payout.until_posting.account_id",), get=Who.STAFF),
    "studio:desk_account_csv": Row(args=("payout.until_posting.account_id",), get=Who.STAFF),
    "studio:desk_entry": Row(args=("payout.until_posting.entry_id",), get=Who.STAFF),
    "studio:desk_posting": Row(args=("payout.until_posting_id",), get=Who.STAFF),
    "studio:desk_order_money": Row(args=("checkout.order.number",), get=Who.STAFF),
    "studio:desk_payee_money": Row(args=("payout.payee_id",), get=Who.STAFF),
    "studio:desk_payout_money": Row(args=("payout.pk",), get=Who.STAFF),
}
