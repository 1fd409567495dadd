"""One income page for everything a person earns, and a statement for each payout."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creatorhub.accounts.models import User
from creatorhub.money import Money
from creatorhub.studio.csv_export import csv_answer
from creatorhub.studio.current_shop import find_current_shop
from creatorhub.studio.money import selectors
from creatorhub.studio.permissions import signed_in

ROWS = 20
PAYOUTS = 12


@require_safe
@signed_in
def money(request: HttpRequest) -> HttpResponse:
    """Balances with reasons and dates, movements in sentences, payouts with statements."""
    user = cast(User, request.user)
    page = Paginator(selectors.money_rows(user=user), ROWS).get_page(request.GET.get("page"))
    context = {
        "shop": find_current_shop(request),
        "purses": selectors.purses(user=user),
        "page": page,
        "rows": selectors.explained(list(page)),
        "payouts": selectors.payouts_of(user=user)[:PAYOUTS],
    }
    return render(request, "studio/money/money.html", context)


@require_safe
@signed_in
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """What one payout pays, line by line, adding up to the cent."""
    user = cast(User, request.user)
    payout = get_object_or_404(selectors.payouts_of(user=user), pk=pk)
    rows = selectors.statement_rows(payout=payout)
    total = Money.total((row.amount for row in rows), payout.currency)
    shop = find_current_shop(request)
    context = {"shop": shop, "payout": payout, "rows": rows, "total": total}
    return render(request, "studio/money/statement.html", context)


@require_safe
@signed_in
def statement_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The same lines as a file."""
    user = cast(User, request.user)
    payout = get_object_or_404(selectors.payouts_of(user=user), pk=pk)
    return csv_answer(
        filename=f"statement-{payout.pk}.csv",
        header=[_("Date"), _("What"), _("Details"), _("Order"), _("Amount"), _("Currency")],
        rows=[
            [
                row.posting.entry.occurred_at.date().isoformat(),
                row.sentence.text,
                "; ".join(row.sentence.details),
                row.sentence.order,
                row.amount.to_decimal(),
                payout.currency,
            ]
            for row in selectors.statement_rows(payout=payout)
        ],
    )
