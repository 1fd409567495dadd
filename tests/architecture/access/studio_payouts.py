"""How somebody is paid, and the bank payments of the staff desk."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ABSENT = frozenset({404})

ROWS = {
    "studio:payout_settings": Row(get=Who.SIGNED_IN),
    "studio:payout_country": Row(post=Who.SIGNED_IN),
    "studio:payout_connect": Row(get=Who.SIGNED_IN, post=Who.SIGNED_IN),
    "studio:payout_connect_back": Row(get=Who.SIGNED_IN),
    "studio:payout_bank": Row(get=Who.SIGNED_IN, post=Who.SIGNED_IN),
    "studio:payout_play_money": Row(post=Who.SIGNED_IN),
    "studio:payout_schedule": Row(post=Who.SIGNED_IN),
    "studio:desk_batches": Row(get=Who.STAFF),
    "studio:desk_batch": Row(args=("batch.pk",), get=Who.STAFF),
    "studio:desk_batch_step": Row(args=("batch.pk",), post=Who.STAFF, data=(("step", "prepare"),)),
    "studio:desk_batch_refuse": Row(args=("batch.pk",), post=Who.STAFF),
    "studio:desk_batch_file": Row(args=("batch.pk",), get=Who.STAFF),
    "studio:desk_payout_paid": Row(args=("bank_payout.pk",), get=Who.STAFF, post=Who.STAFF),
    "studio:desk_payout_returned": Row(args=("bank_payout.pk",), get=Who.STAFF, post=Who.STAFF),
    "studio:desk_payout_proof": Row(args=("=0",), get=Who.STAFF, answers=ABSENT),
    "studio:desk_balances": Row(get=Who.STAFF),
}
