"""A creator's own orders and money; the staff desk for staff with a second factor."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ROWS = {
    "studio:home": Row(get=Who.SIGNED_IN),
    "studio:orders": Row(get=Who.SIGNED_IN),  # Without a shop: led to open one.
    "studio:orders_csv": Row(get=Who.SIGNED_IN),
    "studio:order": Row(args=("sale.pk",), get=Who.OWNER),
    "studio:packing": Row(args=("sale.pk",), get=Who.OWNER),
    "studio:order_send": Row(args=("sale.pk",), get=Who.OWNER, post=Who.OWNER),
    "studio:order_refund": Row(args=("sale.pk",), get=Who.OWNER, post=Who.OWNER),
    "studio:money": Row(get=Who.SIGNED_IN),
    "studio:statement": Row(args=("payout.pk",), get=Who.OWNER),
    "studio:statement_csv": Row(args=("payout.pk",), get=Who.OWNER),
    "studio:desk_payouts": Row(get=Who.STAFF),
    "studio:desk_run": Row(post=Who.STAFF),
    "studio:desk_run_result": Row(args=("run.pk",), get=Who.STAFF),
    "studio:desk_reports": Row(get=Who.STAFF),
    "studio:desk_report": Row(args=("report.pk",), get=Who.STAFF, post=Who.STAFF),
    "studio:desk_quarantine": Row(get=Who.STAFF),
    "studio:desk_quarantine_close": Row(args=("quarantine.pk",), get=Who.STAFF, post=Who.STAFF),
    "studio:desk_stuck": Row(get=Who.STAFF),
    "studio:desk_replay_message": Row(args=("dead_message.pk",), post=Who.STAFF),
    "studio:desk_replay_event": Row(args=("dead_event.pk",), post=Who.STAFF),
    "studio:desk_policy": Row(get=Who.STAFF, post=Who.STAFF),
    "studio:desk_audit": Row(get=Who.STAFF),
}
