"""What does not go smoothly in the demo market, a certain number of days before it opens.

One of each that people will meet: a refund asked for and given, declined and taken to our team,
or waiting; part of a price given back; a payment disputed and lost, and one still open; orders
paid at the door, refused there, or on their way; a payee frozen who appeals; a payee who is paid
by bank, and one who is paid once a month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from creatorhub.accounts.models import Party, User
from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.operations.demo_logins import DEMO_EMAILS
from creatorhub.operations.demo_market.order_things import order_and_pay
from creatorhub.operations.demo_market.people import BUYERS, DOMAIN
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.sandbox import disputes
from creatorhub.payments.services import handle_due_events
from creatorhub.payouts.bank_numbers import check_numbers
from creatorhub.payouts.models import Payee
from creatorhub.payouts.services import payee_of, save_bank_account
from creatorhub.payouts.services.change_schedule import change_schedule
from creatorhub.sales.models import CashOrder, Checkout, RefundRequest, Sale
from creatorhub.sales.parts import Part
from creatorhub.sales.refund_rights import rights_of
from creatorhub.sales.services.answer_refund_request import (
    accept_refund_request,
    decline_refund_request,
)
from creatorhub.sales.services.appeal_hold import appeal_payee_hold
from creatorhub.sales.services.change_offline_terms import (
    CashTerms,
    TransferTerms,
    change_offline_terms,
)
from creatorhub.sales.services.confirm_cash import confirm_cash, refuse_delivery
from creatorhub.sales.services.escalate_refund_request import escalate_refund_request
from creatorhub.sales.services.freeze_payee import freeze_payee
from creatorhub.sales.services.open_refund_request import open_refund_request
from creatorhub.sales.services.refund_lines import refund_parts
from creatorhub.sales.services.send_lines import send_lines
from creatorhub.shops.models import Listing, Shop

# The example that the registry of IBANs gives for the United Kingdom.
BRITISH_IBAN = "GB29 NWBK 6016 1331 9268 19"
FROZEN_FOR = dt.timedelta(days=14)

# What people wrote, in the language of the shop they wrote to.
SAID: dict[str, dict[str, str]] = {
    "damaged": {
        "ar": "وصلني المنتج وفيه عيب واضح، أرفقت صورة.",
        "en": "It arrived with something clearly broken; I have a photo.",
    },
    "given": {"ar": "نعتذر منك، أعدنا لك المبلغ.", "en": "Sorry about that! Your money is coming."},
    "not_as_described": {
        "ar": "ليس كما في الصورة ولا كما في الوصف.",
        "en": "It is not what the picture and the words promised.",
    },
    "declined": {
        "ar": "الصورة تُظهر المنتج نفسه كما وصلك.",
        "en": "The picture shows the very thing that you got.",
    },
    "escalated": {"ar": "أرجو أن تقارنوه بصورتي.", "en": "Please compare it with my photo."},
    "changed": {"ar": "اشتريت غيره في هذه الأثناء.", "en": "I bought another one meanwhile."},
    "goodwill": {"ar": "شكرًا على صبرك.", "en": "Thank you for waiting."},
    "refused": {"ar": "طلبه المشتري مرتين بالخطأ.", "en": "Ordered twice by mistake."},
}


def pay_a_shop_by_bank() -> None:
    """Lumen's owner is paid to a bank account; each payout waits for two people."""
    payee = _payee_of("lumen")
    checked = check_numbers(country="GB", number=BRITISH_IBAN)
    save_bank_account(
        payee=payee,
        country="GB",
        holder=payee.party.name,
        checked=checked,
        actor=payee.party.user,
    )


def pay_a_shop_monthly() -> None:
    """The owner of Slow Letters wants one payout a month, of 50.00 at least."""
    payee = _payee_of("slowletters")
    change_schedule(
        payee=payee,
        schedule=Payee.Schedule.MONTHLY,
        thresholds={"EUR": Money(5_000, "EUR")},
        actor=payee.party.user,
    )


def let_a_shop_collect() -> None:
    """Noor takes cash at the door up to 500.00, and transfers."""
    shop = Shop.objects.get(handle="noor")
    change_offline_terms(
        shop=shop,
        cash=CashTerms(is_on=True, most=Money(50_000, "SAR")),
        transfers=TransferTerms(
            is_on=True, holder=shop.name, bank="البنك الأهلي", account="SA0380000000608010167519"
        ),
        actor=shop.owner.user,
    )


def order_at_the_door() -> None:
    """Somebody orders from Noor and will pay when it arrives."""
    _order_cash()


def pay_at_the_door() -> None:
    """It is sent, arrives, and is paid to the shop, which owes fee and commission from now on."""
    cash = _order_cash()
    sale = Sale.objects.get(order=cash.checkout.order_id)
    lines = sale.lines.exclude(order_line=None).values_list("pk", flat=True)
    send_lines(sale=sale, line_ids=list(lines), carrier="SMSA", tracking_number=f"SM{sale.pk:07d}")
    confirm_cash(cash=cash, actor=cash.shop.owner.user)


def refuse_at_the_door() -> None:
    """It is sent, and nobody takes it."""
    cash = _order_cash()
    refuse_delivery(
        cash=cash,
        reason_code="delivery_refused",
        note=_said("refused", cash.shop),
        actor=cash.shop.owner.user,
    )


def ask_and_be_given() -> None:
    """A buyer asks for their money back; the shop gives it."""
    request = _ask("damaged", "damaged")
    if request is not None:
        accept_refund_request(
            request=request, note=_said("given", request.sale.shop), actor=_owner(request)
        )


def ask_and_be_declined() -> None:
    """A buyer asks, the shop says no, the buyer takes it to our team."""
    request = _ask("not_as_described", "not_as_described")
    if request is not None:
        decline_refund_request(
            request=request, note=_said("declined", request.sale.shop), actor=_owner(request)
        )
        request.refresh_from_db()
        escalate_refund_request(request=request, note=_said("escalated", request.sale.shop))


def ask_and_wait() -> None:
    """A buyer asks, and the shop has a few days to answer."""
    _ask("buyer_changed_mind", "changed")


def give_part_back() -> None:
    """A shop gives a tenth of a price back out of goodwill."""
    sale = _sale_to_give_back()
    if sale is not None:
        right = next(right for right in rights_of(sale) if right.is_open and not right.is_shipping)
        amount = right.worth.at_rate(1000)
        refund_parts(
            sale=sale,
            parts=[Part(right.line.pk, amount=amount)],
            reason_code="goodwill",
            note=_said("goodwill", sale.shop),
            actor=sale.shop.owner.user,
        )


def dispute_and_lose() -> None:
    """A buyer goes to their bank, nobody answers in time, and the bank decides for them."""
    public_id = _dispute("product_not_received")
    if public_id:
        disputes.decide(public_id=public_id, state="lost")
        handle_due_events()


def dispute() -> None:
    """A buyer goes to their bank; our answer is due."""
    _dispute("fraudulent")


def freeze_and_appeal() -> None:
    """Our team looks at an affiliate's account; she says why nothing is wrong."""
    payee = payee_of(party=Party.objects.get(user__email=f"grace@{DOMAIN}"))
    hold = freeze_payee(
        payee=payee,
        reason_code="suspected_fraud",
        note="Several orders of one evening came from one address.",
        until=now() + FROZEN_FOR,
        actor=User.objects.get(email=DEMO_EMAILS["staff"]),
    )
    appeal_payee_hold(
        hold=hold,
        party=payee.party,
        text="It was a workshop of mine: twelve people ordered from the same room.",
    )


def _payee_of(handle: str) -> Payee:
    return payee_of(party=Shop.objects.select_related("owner__user").get(handle=handle).owner)


def _owner(request: RefundRequest) -> User | None:
    return request.sale.shop.owner.user


def _order_cash() -> CashOrder:
    """The first of Noor's buyers orders something that has to be sent."""
    goods = Listing.objects.filter(
        shop__handle="noor", way="own_products", state=Listing.State.PUBLISHED
    )
    facts = BUYERS[0]
    buyer = User.objects.get(email=f"{facts[1]}@{DOMAIN}")
    checkout = order_and_pay(
        listings=list(goods.order_by("pk")[:1]),
        buyer=buyer,
        facts=facts,
        clicks=(),
        gateway="cash_on_delivery",
    )
    if checkout is None:
        raise RuntimeError("the demo market has nothing left to sell at the door")
    return CashOrder.objects.select_related("checkout", "shop__owner__user").get(checkout=checkout)


def _sale_to_give_back() -> Sale | None:
    """The newest sale in which a buyer may still ask everything back, and has not yet."""
    recent = Sale.objects.filter(collected_by=Sale.Collector.PROCESSOR, refunds=None)
    for sale in recent.filter(refund_requests=None).select_related("shop__owner__user")[:20]:
        if all(right.is_open for right in rights_of(sale)) and sale.total_minor:
            return sale
    return None


def _said(what: str, shop: Shop) -> str:
    return SAID[what][shop.language]


def _ask(reason_code: str, said: str) -> RefundRequest | None:
    sale = _sale_to_give_back()
    if sale is None:
        return None
    item = next(right for right in rights_of(sale) if not right.is_shipping)
    return open_refund_request(
        sale=sale, pieces={item.line.pk: 1}, reason_code=reason_code, note=_said(said, sale.shop)
    )


def _dispute(reason: str) -> str:
    """The bank's name of the dispute; empty when there is no sale to dispute."""
    sale = _sale_to_give_back()
    attempt = _attempt_of(sale) if sale else None
    if attempt is None:
        return ""
    opened = disputes.open_dispute(payment_id=attempt, reason=reason)
    handle_due_events()
    return opened.public_id


def _attempt_of(sale: Sale) -> str | None:
    reference = Checkout.objects.get(order=sale.order_id).attempt_reference
    found = PaymentAttempt.objects.filter(reference=reference).exclude(payment_id="")
    return found.values_list("payment_id", flat=True).first()


# How many days before the market opens each of these happens.
INCIDENTS: dict[int, list[Callable[[], None]]] = {
    60: [pay_a_shop_by_bank, pay_a_shop_monthly],
    40: [let_a_shop_collect],
    35: [pay_at_the_door],
    30: [dispute_and_lose],
    25: [ask_and_be_given],
    20: [give_part_back],
    12: [refuse_at_the_door],
    9: [freeze_and_appeal],
    6: [ask_and_be_declined],
    5: [dispute],
    3: [pay_at_the_door],
    2: [ask_and_wait],
    1: [order_at_the_door],
}


def incidents_of(days_left: int, *, is_first_day: bool = False) -> list[Callable[[], None]]:
    """What happens so many days before the market opens; on its first day, also what had before."""
    return [
        happens
        for day in sorted(INCIDENTS, reverse=True)
        if day == days_left or (is_first_day and day > days_left)
        for happens in INCIDENTS[day]
    ]
