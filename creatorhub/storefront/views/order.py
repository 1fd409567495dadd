"""An order behind its unguessable address: paying, what happens next, correcting the e-mail."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from creatorhub.foundation.clock import now
from creatorhub.foundation.throttle import is_allowed
from creatorhub.payments.errors import PaymentError
from creatorhub.payments.models import PaymentAttempt
from creatorhub.sales.errors import CorrectionRefusedError
from creatorhub.sales.models import Checkout
from creatorhub.sales.services.complete_attempt import complete_attempt
from creatorhub.sales.services.correct_email import correct_email
from creatorhub.storefront.forms import EmailForm, ReceiptForm
from creatorhub.storefront.private_pages import private_page
from creatorhub.storefront.selectors.cash_page import cash_page, find_cash_order
from creatorhub.storefront.selectors.order_page import WAITING, find_checkout, order_page
from creatorhub.storefront.services.check_out import try_again, where_to_pay
from creatorhub.storefront.views.order_cash import show_transfer
from creatorhub.storefront.visitor import visitor

CORRECTIONS = 5
TRIES_SECONDS = 600


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def checkout_return(request: HttpRequest, token: str) -> HttpResponse:
    """Back from the payment page. POST fills a new basket with what was not paid."""
    found = _find(token)
    if request.method == "POST":
        return _again(request, found)
    _hear_the_gateway(found)
    if found.order.status not in (WAITING, "expired"):
        return redirect("storefront:order", token)
    return _unpaid(request, found, is_back=True)


@private_page
@require_http_methods(["GET", "HEAD"])
def order(request: HttpRequest, token: str) -> HttpResponse:
    """What was bought and what happens next; before payment, the way to pay."""
    found = _find(token)
    if found.order.status in (WAITING, "expired"):
        return _unpaid(request, found, is_back=False)
    return _show(request, found, EmailForm(initial={"email": found.email}))


@private_page
@require_POST
def order_email(request: HttpRequest, token: str) -> HttpResponse:
    """A mistyped address, corrected: receipt and downloads go out again."""
    found = _find(token)
    form = EmailForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    # Each correction mails somebody: an order must not become a way to write to strangers.
    if not is_allowed(key=f"order_email:{found.pk}", limit=CORRECTIONS, seconds=TRIES_SECONDS):
        form.add_error("email", _("That was many tries in a short time. Wait ten minutes, please."))
        return _show(request, found, form, status=422)
    try:
        correct_email(checkout=found, email=form.cleaned_data["email"])
    except CorrectionRefusedError as refusal:
        form.add_error("email", str(refusal))
        return _show(request, found, form, status=422)
    messages.success(request, _("Done. Your receipt is on its way to the new address."))
    return redirect("storefront:order", token)


def _find(token: str) -> Checkout:
    found = find_checkout(token)
    if found is None:
        raise Http404
    return found


def _hear_the_gateway(found: Checkout) -> None:
    """The event may be late: ask. Safe to repeat; a free order has nobody to ask.

    A provider that does not answer now is asked again by this page and by the worker.
    """
    if not PaymentAttempt.objects.filter(reference=found.attempt_reference).exists():
        return
    with suppress(PaymentError):
        complete_attempt(reference=found.attempt_reference)
    found.order.refresh_from_db()


def _again(request: HttpRequest, found: Checkout) -> HttpResponse:
    """Pay now while the order waits, else start over with the same things."""
    if found.order.status == WAITING:
        return redirect(where_to_pay(checkout=found))
    if found.order.status != "expired":
        return redirect("storefront:order", found.token)
    try_again(checkout=found, baskets=visitor(request).baskets)
    return redirect("storefront:basket")


def _unpaid(request: HttpRequest, found: Checkout, *, is_back: bool) -> HttpResponse:
    if found.order.status == WAITING and find_cash_order(found) is not None:
        return show_transfer(request, found, ReceiptForm())
    attempt = PaymentAttempt.objects.filter(reference=found.attempt_reference).first()
    context = {
        "page": order_page(found),
        "checkout": found,
        "minutes_left": _minutes_until(attempt.expires_at) if attempt else 1,
        # Somebody who walked away from the payment page came to the order's own page instead.
        "is_waiting": is_back and found.order.status == WAITING,
    }
    return render(request, "storefront/order_unpaid.html", context)


def _minutes_until(moment: dt.datetime) -> int:
    """Whole minutes, at least one: what is said must not be over before it is read."""
    return max(1, (moment - now()) // dt.timedelta(minutes=1))


def _show(
    request: HttpRequest, found: Checkout, form: EmailForm, status: int = 200
) -> HttpResponse:
    address = request.build_absolute_uri(reverse("storefront:order", args=[found.token]))
    context = {"page": order_page(found), "checkout": found, "form": form, "address": address}
    context["cash"] = cash_page(found)
    return render(request, "storefront/order.html", context, status=status)
