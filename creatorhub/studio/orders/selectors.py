"""One shop's sales as its owner reads them. Nobody else's lines are ever looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language

from creatorhub.foundation.clock import today
from creatorhub.foundation.reasons import Reason, reason
from creatorhub.money import Money
from creatorhub.offers.models import Fulfilment
from creatorhub.sales.models import Hold, Refund, RefundRequest, Sale, SaleLine
from creatorhub.shops.models import Shop

TO_SEND, SENT, ALL = "to-send", "sent", "all"
ASKED = "asked"
FILTERS = (TO_SEND, ASKED, SENT, ALL)
ADDRESS_FIELDS = ("line1", "line2", "line3", "line4", "state", "postcode", "notes")


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """Why a line's money waits, what ends it, and when that is expected."""

    reason: Reason
    on: dt.date
    ends_by_clock: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """One line with its money as it stands now: paid = fee + affiliate + yours + given back."""

    line: SaleLine
    paid: Money
    fee: Money
    commission: Money
    refunded: Money
    yours: Money
    affiliate: str
    affiliate_bps: int
    fulfilment: Fulfilment | None
    waiting: list[WaitingFor]

    @property
    def is_to_send(self) -> bool:
        return self.fulfilment is not None and self.fulfilment.state == Fulfilment.State.TO_SEND

    @property
    def is_late(self) -> bool:
        return bool(self.is_to_send and self.fulfilment and self.fulfilment.ship_by_on < today())

    @property
    def is_refunded(self) -> bool:
        return self.line.is_refunded

    @property
    def refundable(self) -> Money:
        return self.paid - self.refunded

    @property
    def pk_text(self) -> str:
        """As a form sends it."""
        return str(self.line.pk)


@dataclass(frozen=True, slots=True)
class WaitingSum:
    """All money of a sale that waits for the same reason until the same day."""

    amount: Money
    reason: Reason
    on: dt.date
    ends_by_clock: bool


@dataclass(frozen=True, slots=True)
class RefundView:
    """A refund with its amount and its reason in words."""

    row: Refund
    amount: Money
    reason: Reason


@dataclass(frozen=True, slots=True)
class SaleView:
    """A sale with its lines and what they come to."""

    sale: Sale
    lines: list[LineView]
    refunds: list[Refund]
    requests: list[RefundRequest]

    @property
    def asked(self) -> RefundRequest | None:
        """The request that waits for its answer, if there is one."""
        return next((one for one in self.requests if one.is_open), None)

    def _sum(self, name: str) -> Money:
        return Money.total((getattr(line, name) for line in self.lines), self.sale.currency)

    @property
    def paid(self) -> Money:
        return self._sum("paid")

    @property
    def fee(self) -> Money:
        return self._sum("fee")

    @property
    def commission(self) -> Money:
        return self._sum("commission")

    @property
    def refunded(self) -> Money:
        return self._sum("refunded")

    @property
    def yours(self) -> Money:
        return self._sum("yours")

    @property
    def items(self) -> list[LineView]:
        return [line for line in self.lines if line.line.kind == SaleLine.Kind.ITEM]

    @property
    def to_send(self) -> list[LineView]:
        return [line for line in self.lines if line.is_to_send]

    @property
    def ship_by_on(self) -> dt.date | None:
        dates = [line.fulfilment.ship_by_on for line in self.to_send if line.fulfilment]
        return min(dates, default=None)

    @property
    def is_late(self) -> bool:
        return any(line.is_late for line in self.lines)

    @property
    def is_refundable(self) -> bool:
        return any(line.refundable for line in self.lines)

    @property
    def is_sent(self) -> bool:
        sent = Fulfilment.State.SENT
        return any(line.fulfilment and line.fulfilment.state == sent for line in self.lines)

    @property
    def released(self) -> Money:
        amounts = (line.yours for line in self.lines if line.line.released_at is not None)
        return Money.total(amounts, self.sale.currency)

    @property
    def waiting(self) -> list[WaitingSum]:
        """What is not released yet, by the hold that ends last."""
        sums: dict[tuple[str, dt.date], WaitingSum] = {}
        for line in self.lines:
            if line.line.released_at is not None or not line.waiting or not line.yours:
                continue
            last = max(line.waiting, key=lambda hold: (not hold.ends_by_clock, hold.on))
            key = (last.reason.code, last.on)
            before = sums[key].amount if key in sums else Money.zero(self.sale.currency)
            sums[key] = WaitingSum(before + line.yours, last.reason, last.on, last.ends_by_clock)
        return sorted(sums.values(), key=lambda one: one.on)

    @property
    def refund_rows(self) -> list[RefundView]:
        return [
            RefundView(row, Money(row.amount_minor, self.sale.currency), reason(row.reason_code))
            for row in self.refunds
        ]

    @property
    def address_lines(self) -> list[str]:
        """Where it goes, without the name."""
        address = self.sale.order.shipping_address
        if address is None:
            return []
        parts = (*(getattr(address, name) for name in ADDRESS_FIELDS), _country(address.country_id))
        return [str(part) for part in parts if part]

    @property
    def buyer_name(self) -> str:
        address = self.sale.order.shipping_address
        return str(address.name) if address and address.name else self.sale.order.checkout.email

    @property
    def phone(self) -> str:
        address = self.sale.order.shipping_address
        number = str(address.phone_number or "") if address else ""
        return number or self.sale.order.checkout.phone


def sales_of(
    *, shops: Sequence[Shop] | QuerySet[Shop], show: str = ALL, words: str = ""
) -> QuerySet[Sale]:
    """These shops' sales: to send (soonest promise first), sent, or all (newest first)."""
    rows = _with_order(Sale.objects.filter(shop__in=shops))
    if words:
        rows = rows.filter(
            Q(order__number__icontains=words)
            | Q(order__checkout__email__icontains=words)
            | Q(order__shipping_address__first_name__icontains=words)
            | Q(lines__title__icontains=words)
        ).distinct()
    waiting = Fulfilment.objects.filter(
        order_line__sale_line__sale=OuterRef("pk"), state=Fulfilment.State.TO_SEND
    )
    if show == TO_SEND:
        return (
            rows.filter(Exists(waiting))
            .annotate(
                promised=Min(
                    "lines__order_line__fulfilment__ship_by_on",
                    filter=Q(lines__order_line__fulfilment__state=Fulfilment.State.TO_SEND),
                )
            )
            .order_by("promised", "id")
        )
    if show == ASKED:
        asked = RefundRequest.objects.filter(
            sale=OuterRef("pk"), state=RefundRequest.State.ASKED
        ).order_by("answer_by")
        return (
            rows.filter(Exists(asked))
            .annotate(answer_by=Subquery(asked.values("answer_by")[:1]))
            .order_by("answer_by", "id")
        )
    if show == SENT:
        sent = Fulfilment.objects.filter(
            order_line__sale_line__sale=OuterRef("pk"), state=Fulfilment.State.SENT
        )
        rows = rows.filter(Exists(sent)).exclude(Exists(waiting))
    return rows.order_by("-sold_at", "-id")


def count_to_send(*, shop: Shop) -> dict[str, int]:
    """How many orders wait to be sent, and how many of them are late."""
    rows = Fulfilment.objects.filter(shop=shop, state=Fulfilment.State.TO_SEND)
    return rows.aggregate(
        orders=Count("order_line__order", distinct=True),
        late=Count("order_line__order", distinct=True, filter=Q(ship_by_on__lt=today())),
    )


def views_of(sales: list[Sale]) -> list[SaleView]:
    """The sales with their lines; a constant number of queries for any number of sales."""
    lines: dict[int, list[LineView]] = {sale.pk: [] for sale in sales}
    rows = (
        SaleLine.objects.filter(sale__in=sales)
        .select_related(
            "sale",
            "listing",
            "order_line__fulfilment",
            "order_line__attribution__enrolment__owner",
            "order_line__attribution__commission",
        )
        .prefetch_related("holds")
        .order_by("sale_id", "-kind", "id")
    )
    for row in sorted(rows, key=lambda line: (line.kind == SaleLine.Kind.SHIPPING, line.pk)):
        lines[row.sale_id].append(_line_view(row))
    refunds: dict[int, list[Refund]] = {sale.pk: [] for sale in sales}
    for refund in Refund.objects.filter(sale__in=sales).prefetch_related("lines__sale_line"):
        refunds[refund.sale_id].append(refund)
    requests: dict[int, list[RefundRequest]] = {sale.pk: [] for sale in sales}
    for request in RefundRequest.objects.filter(sale__in=sales):
        requests[request.sale_id].append(request)
    return [SaleView(sale, lines[sale.pk], refunds[sale.pk], requests[sale.pk]) for sale in sales]


def requests_of(shops: Sequence[Shop] | QuerySet[Shop]) -> QuerySet[RefundRequest]:
    """What buyers of these shops ask back, whose answer is due first."""
    rows = RefundRequest.objects.filter(sale__shop__in=shops)
    return (
        rows.select_related(
            "refund",
            "sale__shop",
            "sale__order__checkout",
            "sale__order__shipping_address__country",
        )
        .prefetch_related("lines__sale_line__sale")
        .order_by("answer_by", "pk")
    )


def count_asked(*, shop: Shop) -> int:
    """How many buyers wait for this shop's answer."""
    return RefundRequest.objects.filter(sale__shop=shop, state=RefundRequest.State.ASKED).count()


def _with_order(rows: QuerySet[Sale]) -> QuerySet[Sale]:
    return rows.select_related("shop", "order__checkout", "order__shipping_address__country")


def _line_view(line: SaleLine) -> LineView:
    currency = line.sale.currency
    attribution = getattr(line.order_line, "attribution", None)
    commission = getattr(attribution, "commission", None)
    return LineView(
        line=line,
        paid=line.base,
        fee=Money(line.fee_minor - line.fee_reversed_minor, currency),
        commission=Money(line.commission_minor - line.commission_reversed_minor, currency),
        refunded=Money(line.refunded_minor, currency),
        yours=Money(line.net_minor - line.net_reversed_minor, currency),
        affiliate=attribution.enrolment.owner.name if attribution and commission else "",
        affiliate_bps=commission.rate_bps if commission else 0,
        fulfilment=getattr(line.order_line, "fulfilment", None),
        waiting=[_waiting(hold) for hold in line.holds.all() if hold.closed_at is None],
    )


def _country(code: str) -> str:
    """A country's name in the reader's language; its code where no language names it."""
    return str(Locale.parse(get_language() or "en").territories.get(code, code))


def _waiting(hold: Hold) -> WaitingFor:
    return WaitingFor(reason(hold.reason_code), hold.expected_until.date(), hold.ends_by_clock)
