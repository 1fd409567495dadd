"""Deliberate breaks: one wrong line each, and the test file that must notice.

`find` stands exactly once in `path`; tests/breaks/test_table.py keeps it so.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Break:
    """What would go wrong, where, and who must notice."""

    name: str
    path: str
    find: str
    replace: str
    noticed_by: str


BREAKS = (
    Break(
        "money rounds rates up",
        "creatorhub/money.py",
        "return Money(self.minor * part // (whole * step) * step, self.currency)",
        "return Money(-(-self.minor * part // (whole * step)) * step, self.currency)",
        "tests/test_money.py",
    ),
    Break(
        "money moves in steps too fine for the currency",
        "creatorhub/money.py",
        'Currency("KWD", 3, 10, 200)',
        'Currency("KWD", 3, 1, 200)',
        "tests/sales/test_currencies.py",
    ),
    Break(
        "the book counts every account on its debit side",
        "creatorhub/ledger/services.py",
        'grows = (line.side == "debit") == accounts[line.account.code].grows_on_debit',
        'grows = line.side == "debit"',
        "tests/ledger/test_post_entry.py",
    ),
    Break(
        "the book writes a repeated fact again under another key",
        "creatorhub/ledger/services.py",
        "_asked([NewEntry(kind, reference, idempotency_key, lines)], accounts, occurred_at)",
        "_asked([NewEntry(kind, reference, f'{idempotency_key}:{now().timestamp()}', lines)],"
        " accounts, occurred_at)",
        "tests/ledger/test_post_entry.py",
    ),
    Break(
        "a sale takes the wrong fee",
        "creatorhub/sales/services/record_sale.py",
        "fee_minor=base.at_rate(sale.fee_bps).minor",
        "fee_minor=base.at_rate(sale.fee_bps + 1).minor",
        "tests/sales/test_worked_example.py",
    ),
    Break(
        "a sale pays the swapped shop",
        "creatorhub/sales/parties.py",
        "shop_owner = owners[line.sale.shop.owner_id].ledger_owner",
        "shop_owner = owners[max(owners)].ledger_owner",
        "tests/sales/test_worked_example.py",
    ),
    Break(
        "sent goods skip the hold of the refund window",
        "creatorhub/sales/services/send_lines.py",
        "        hold_for_refunds(line=line, since=fulfilment.sent_at or line.sale.sold_at)\n",
        "",
        "tests/sales/test_holds_and_release.py",
    ),
    Break(
        "stock is taken without looking",
        "creatorhub/offers/goods/stock.py",
        " AND num_in_stock >= coalesce(num_allocated, 0) + quantity",
        "",
        "tests/races/test_last_items.py",
    ),
    Break(
        "a payment of another amount is taken as it is",
        "creatorhub/sales/services/complete_attempt.py",
        'return "amount_differs"',
        'return ""',
        "tests/sales/test_completing_a_payment.py",
    ),
    Break(
        "a debt is forgotten at the next release",
        "creatorhub/sales/book.py",
        "owed = min(self.balances.get(receivable.code, 0), minor)",
        "owed = 0",
        "tests/sales/test_refunds_follow_the_money.py",
    ),
    Break(
        "a refund keeps the market's fee",
        "creatorhub/sales/reversal.py",
        "    fee = reversed_share(share=fee_share, base=base, refunded=refunded)\n",
        "    fee = Money.zero(currency)\n",
        "tests/sales/test_reversal_laws.py",
    ),
    Break(
        "a payout ignores the payee's hold",
        "creatorhub/payouts/services/run_payouts.py",
        "code = hold.reason_code if hold else why_not(payee, minor, rules)",
        "code = why_not(payee, minor, rules)",
        "tests/payouts/test_run.py",
    ),
    Break(
        "a payout is told to the rail before the rail is asked",
        "creatorhub/payouts/services/send_payout.py",
        "way.find(key=key) or way.send(",
        "way.send(",
        "tests/payouts/test_sending.py",
    ),
    Break(
        "a failed payout does not become payable again",
        "creatorhub/payouts/services/send_payout.py",
        "        put_back(payout=payout, amount=payout.amount)\n",
        "",
        "tests/payouts/test_sending.py",
    ),
    Break(
        "the first click wins instead of the last",
        "creatorhub/affiliates/attribution.py",
        "(touch.clicked_at, touch.pk), reverse=True)",
        "(touch.clicked_at, touch.pk))",
        "tests/affiliates/test_attribution.py",
    ),
    Break(
        "people earn on what they buy themselves",
        "creatorhub/affiliates/attribution.py",
        'return "own_purchase" if same else None',
        "return None",
        "tests/affiliates/test_attribution.py",
    ),
    Break(
        "a commission takes more than the fee leaves",
        "creatorhub/affiliates/services/credit_lines.py",
        "amount = min(line.base.at_rate(rate_bps), line.base - line.fee)",
        "amount = line.base.at_rate(rate_bps)",
        "tests/affiliates/test_commissions.py",
    ),
)
