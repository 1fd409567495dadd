"""One income page for everything a person earns, and a statement for each payout."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creatorhub.accounts.models import User
from creatorhub.payouts.models import Payout
from creatorhub.studio.csv_export import csv_answer
from creatorhub.studio.current_shop import find_current_shop
from creatorhub.studio.money import selectors
from creatorhub.studio.money.deciders import Reader
from creatorhub.studio.money.statement_pdf import statement_pdf
from creatorhub.studio.money.statements import statement_of
from creatorhub.studio.money.story import story_of
from creatorhub.studio.permissions import signed_in

ROWS = 20
PAYOUTS = 6
BIGGEST_ID = 2**63 - 1


@require_safe
@signed_in
def money(request: HttpRequest) -> HttpResponse:
    """Balances with reasons and dates, movements in sentences, payouts with statements."""
    user = cast(User, request.user)
    purses = selectors.purses(user=user)
    purse = selectors.chosen_purse(
        user=user, purses=purses, currency=request.GET.get("currency", "")
    )
    currency = purse.currency if purse else ""
    rows = selectors.money_rows(user=user).filter(account__currency=currency)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    paid = selectors.payouts_of(user=user).filter(currency=currency)
    context = {
        "shop": find_current_shop(request),
        "purse": purse,
        "others": [other for other in purses if other is not purse],
        "page": page,
        "rows": selectors.explained(list(page)),
        "payouts": Paginator(paid, PAYOUTS).get_page(request.GET.get("payouts")),
    }
    return render(request, "studio/money/money.html", context)


@require_safe
@signed_in
def movement(request: HttpRequest, pk: int) -> HttpResponse:
    """One movement: where its money is now, why it waits, when it moves, who decided."""
    user = cast(User, request.user)
    found = get_object_or_404(selectors.money_rows(user=user), pk=min(pk, BIGGEST_ID))
    (row,) = selectors.explained([found])
    context = {
        "shop": find_current_shop(request),
        "story": story_of(found, Reader(user)),
        "row": row,
    }
    return render(request, "studio/money/movement.html", context)


@require_safe
@signed_in
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """What one payout pays, line by line, adding up to the cent."""
    context = {
        "shop": find_current_shop(request),
        "statement": statement_of(_payout(request, pk)),
    }
    return render(request, "studio/money/statement.html", context)


@require_safe
@signed_in
def statement_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The same lines as a file for a spreadsheet."""
    found = statement_of(_payout(request, pk))
    return csv_answer(
        filename=f"statement-{found.payout.pk}.csv",
        header=[_("Date"), _("What"), _("Details"), _("Order"), _("Amount"), _("Currency")],
        rows=[
            [
                row.posting.entry.occurred_at.date().isoformat(),
                row.sentence.text,
                "; ".join(row.terms),
                row.sentence.order,
                row.amount.to_decimal(),
                found.payout.currency,
            ]
            for row in found.rows
        ],
    )


@require_safe
@signed_in
def statement_as_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same lines on paper, in the language of the page."""
    found = statement_of(_payout(request, pk))
    answer = HttpResponse(statement_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="statement-{found.payout.pk}.pdf"'
    return answer


def _payout(request: HttpRequest, pk: int) -> Payout:
    """One of this person's payouts; a foreign one does not exist."""
    mine = selectors.payouts_of(user=cast(User, request.user)).select_related("payee__party", "run")
    return get_object_or_404(mine, pk=min(pk, BIGGEST_ID))
