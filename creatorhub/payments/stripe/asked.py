"""What we ask Stripe for. Each mapping is one request's parameters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from creatorhub.foundation.clock import real_time
from creatorhub.money import Money
from creatorhub.payments.gateway import CheckoutLine, CheckoutRequest
from creatorhub.payments.stripe.amounts import currency_of, minor_of

Parameters = Any
"""A mapping; Stripe's own generated types judge it in tests (tests/fakestripe/contract)."""

# Under this name our own key travels in metadata: Stripe forgets idempotency keys after a day or
# so, metadata stays for ever.
KEY = "creatorhub_key"

LONGEST_TITLE = 250

# Stripe: a page lives 30 minutes at least. Our own sweep closes it on time; Stripe's end is only
# the last resort, so it may come later and still be asked for some minutes after the order.
PAGE_MARGIN = dt.timedelta(minutes=10)

# Stripe's page speaks no Arabic (16.1); "auto" takes the browser's language, or English.
PAGE_LANGUAGES = {"en": "en"}


def page(request: CheckoutRequest) -> Parameters:
    """A hosted page. The charge stays the platform's own: shares leave later, as transfers.

    The same request asks for exactly the same, always: a repeated key must not meet other
    parameters (Stripe refuses it then).
    """
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "line_items": [_line(line) for line in _lines(request)],
        "client_reference_id": request.reference,
        "customer_email": request.email,
        "locale": PAGE_LANGUAGES.get(request.language, "auto"),
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "expires_at": int((real_time(request.expires_at) + PAGE_MARGIN).timestamp()),
        # Otherwise the buyer may be charged in another currency than the order's.
        "adaptive_pricing": {"enabled": False},
        "metadata": {KEY: request.idempotency_key},
        "payment_intent_data": {
            # Captured later (Stripe's default), the charge would not say what Stripe kept of it.
            "capture_method": "automatic",
            "transfer_group": request.reference,
            "metadata": {"reference": request.reference},
        },
    }


def refund(*, payment_id: str, amount: Money, key: str) -> Parameters:
    return {"charge": payment_id, "amount": minor_of(amount), "metadata": {KEY: key}}


def transfer(
    *, recipient_id: str, amount: Money, group: str, source_payment: str, key: str
) -> Parameters:
    """A share of a charge. With a source the transfer waits for that charge's money instead of
    needing a balance."""
    source = {"source_transaction": source_payment} if source_payment else {}
    return {
        "amount": minor_of(amount),
        "currency": currency_of(amount),
        "destination": recipient_id,
        "transfer_group": group,
        "metadata": {KEY: key},
        **source,
    }


def reversal(*, amount: Money, key: str) -> Parameters:
    return {"amount": minor_of(amount), "metadata": {KEY: key}}


def answer(*, evidence: str, key: str) -> Parameters:
    """Our side of a dispute, submitted at once: Stripe passes it on and takes no more."""
    return {"evidence": {"uncategorized_text": evidence}, "submit": True, "metadata": {KEY: key}}


def recipient(*, reference: str, country: str, email: str) -> Parameters:
    """Somebody who only receives: the platform pays Stripe's fees and bears losses, Stripe asks
    them for what the law wants and gives them its Express dashboard."""
    return {
        "contact_email": email,
        "dashboard": "express",
        "identity": {"country": country.lower()},
        "configuration": {
            "recipient": {
                "capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}
            }
        },
        "defaults": {
            "responsibilities": {
                "fees_collector": "application",
                "losses_collector": "application",
            }
        },
        "metadata": {"reference": reference},
    }


def onboarding(*, recipient_id: str, return_url: str, refresh_url: str) -> Parameters:
    """A link that asks for everything that will be due, so that people come once."""
    return {
        "account": recipient_id,
        "use_case": {
            "type": "account_onboarding",
            "account_onboarding": {
                "collection_options": {"fields": "eventually_due"},
                "return_url": return_url,
                "refresh_url": refresh_url,
            },
        },
    }


def _lines(request: CheckoutRequest) -> tuple[CheckoutLine, ...]:
    """The order's lines where they make up the amount; else one line, so that Stripe's own sum
    is never another one than ours."""
    total = Money.total((line.amount for line in request.lines), request.amount.currency)
    if total == request.amount and all(line.amount.minor >= 0 for line in request.lines):
        return request.lines
    return (CheckoutLine(title=request.reference, quantity=1, amount=request.amount),)


def _line(line: CheckoutLine) -> Parameters:
    """One unit that costs the whole line: a discounted line may not divide by its quantity."""
    title = f"{line.title} × {line.quantity}" if line.quantity > 1 else line.title
    return {
        "quantity": 1,
        "price_data": {
            "currency": currency_of(line.amount),
            "unit_amount": minor_of(line.amount),
            "product_data": {"name": title[:LONGEST_TITLE]},
        },
    }
