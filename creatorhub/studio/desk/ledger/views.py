"""The pages of the book. Staff only; everything is read, nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creatorhub.accounts.models import User
from creatorhub.ledger import browse
from creatorhub.ledger.chart import CHART
from creatorhub.ledger.models import Account, Posting
from creatorhub.ledger.selectors import signed_minor
from creatorhub.money import Money
from creatorhub.payouts.explain import entry_name
from creatorhub.payouts.models import Payee, Payout
from creatorhub.sales.models import Checkout
from creatorhub.studio.csv_export import csv_stream
from creatorhub.studio.desk.ledger import accounts, market, orders, payees
from creatorhub.studio.desk.ledger.forms import FilterForm
from creatorhub.studio.desk.ledger.search import find
from creatorhub.studio.desk.ledger.words import account_name, account_title, names_of
from creatorhub.studio.desk.selectors import counts
from creatorhub.studio.money.deciders import Reader
from creatorhub.studio.money.sentences import sentence_of
from creatorhub.studio.money.story import story_of
from creatorhub.studio.permissions import staff_page

ACCOUNTS = 50
WORDS = 120
BIGGEST_ID = 2**63 - 1


@require_safe
@staff_page
def ledger(request: HttpRequest) -> HttpResponse:
    """The chart of accounts, and the search. What is found alone is opened at once."""
    words = request.GET.get("q", "")[:WORDS]
    found = find(words)
    if len(found) == 1:
        return redirect(found[0].url)
    codes = browse.currencies()
    asked = request.GET.get("currency", "")
    chosen = asked if asked in codes else next(iter(codes), "")
    context = {
        "words": words,
        "found": found,
        "currencies": codes,
        "chart": accounts.chart_of(chosen) if chosen else None,
    }
    return _page(request, "chart", context)


@require_safe
@staff_page
def account_list(request: HttpRequest, name: str, currency: str) -> HttpResponse:
    """All accounts of one name: everybody who is owed, or owes."""
    if currency not in browse.currencies():
        raise Http404
    rows = browse.accounts_named(name if name in CHART else "", currency)
    page = Paginator(rows, ACCOUNTS).get_page(request.GET.get("page"))
    names = names_of({account.owner for account in page})
    listed = [
        (account, names.get(account.owner, account.owner), _balance(account)) for account in page
    ]
    context = {
        "title": account_name(name),
        "currency": currency,
        "page": page,
        "rows": listed,
    }
    return _page(request, "accounts", context)


@require_safe
@staff_page
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account with its postings, newest first, a page at a time."""
    found = get_object_or_404(Account, pk=_id(pk))
    form = FilterForm(request.GET)
    part = browse.slice_of(
        found, form.wanted(), before=_key(request, "before"), after=_key(request, "after")
    )
    context = {
        "account": found,
        "title": account_title(found, names_of({found.owner})),
        "balance": _balance(found),
        "form": form,
        "slice": part,
        "rows": accounts.rows_of(part.rows),
        "query": _query(request),
    }
    return _page(request, "account", context)


@require_safe
@staff_page
def account_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same postings as a file, however many, oldest first."""
    found = get_object_or_404(Account, pk=_id(pk))
    heads = (_("Date"), _("Entry"), _("What happened"), _("What"), _("Details"))
    more = (_("About"), _("Side"), _("Amount"), _("Effect"), _("Currency"))
    return csv_stream(
        filename=f"account-{found.pk}-{found.currency}.csv",
        header=[*heads, *more],
        rows=_csv_rows(found, FilterForm(request.GET)),
    )


@require_safe
@staff_page
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, both sides."""
    found = get_object_or_404(browse.entries_in_full(), pk=_id(pk))
    context = {"view": accounts.entry_view(found), "title": entry_name(found.kind)}
    return _page(request, "entry", context)


@require_safe
@staff_page
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """One posting: where its money is, why it waits, when it moves, who decided."""
    rows = Posting.objects.select_related("entry", "account")
    found = get_object_or_404(rows, pk=_id(pk))
    reader = _reader(request)
    story = story_of(found, reader)
    context = {
        "story": story,
        "answers": market.answers_for_staff(story, reader),
        "title": account_title(found.account, names_of({found.account.owner})),
    }
    return _page(request, "posting", context)


@require_safe
@staff_page
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order, cent by cent, from the buyer to everybody."""
    rows = Checkout.objects.select_related("order")
    found = get_object_or_404(rows, order__number=number)
    return _page(request, "order", {"money": orders.order_money(found, _reader(request))})


@require_safe
@staff_page
def payee(request: HttpRequest, pk: int) -> HttpResponse:
    """One payee: accounts, holds, payouts."""
    found = get_object_or_404(Payee.objects.select_related("party__user"), pk=_id(pk))
    return _page(request, "payee", {"money": payees.payee_money(found, _reader(request))})


@require_safe
@staff_page
def payout(request: HttpRequest, pk: int) -> HttpResponse:
    """One payout, back to the buyers whose payments it is made of."""
    rows = Payout.objects.select_related("payee__party", "run__started_by")
    found = get_object_or_404(rows, pk=_id(pk))
    money = payees.payout_money(found, _reader(request), request.GET.get("page"))
    return _page(request, "payout", {"money": money})


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"studio/desk/ledger/{name}.html", context | {"counts": counts()})


def _reader(request: HttpRequest) -> Reader:
    return Reader(cast(User, request.user), is_staff=True)


def _balance(found: Account) -> Money:
    return Money(found.balance_minor, found.currency)


def _id(pk: int) -> int:
    """A number no row has, where the address holds one that no row can have."""
    return pk if pk <= BIGGEST_ID else 0


def _key(request: HttpRequest, name: str) -> int | None:
    typed = request.GET.get(name, "")
    return _id(int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 20 else None


def _query(request: HttpRequest) -> str:
    """The filter as it stands in the address, without the place in the list."""
    query = request.GET.copy()
    for name in ("before", "after"):
        query.pop(name, None)
    return query.urlencode()


def _csv_rows(found: Account, form: FilterForm) -> Iterator[list[object]]:
    for row in browse.every_posting(found, form.wanted()):
        said = sentence_of(row, for_staff=True)
        yield [
            row.entry.occurred_at.isoformat(sep=" ", timespec="seconds"),
            row.entry_id,
            entry_name(row.entry.kind),
            said.text,
            "; ".join(said.details),
            row.entry.reference,
            row.side,
            Money(row.amount_minor, found.currency).to_decimal(),
            Money(signed_minor(row), found.currency).to_decimal(),
            found.currency,
        ]
