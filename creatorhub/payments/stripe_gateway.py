"""Stripe: the only file that imports the library.

Money comes in on hosted pages as the platform's own charges; shares leave as transfers to
recipients (Stripe: "separate charges and transfers"). Nothing is charged on behalf of anybody and
no application fee is taken: the ledger knows whose share is whose.

What may be asked again and what must be looked up first:

* API v1 saves the first answer to an idempotency key, also a 500, and replays it for at least a
  day. A replayed 500 is therefore never believed: what is there is looked up, and only when
  nothing is there is it asked again, under a fresh name.
* After that day the key is forgotten and the same request would happen twice. Our key also
  travels in metadata, which stays for ever, and is looked for before money moves a second time.
* API v2 runs a failed request again; its key alone is enough.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import stripe
from django.conf import settings

from creatorhub.money import Money
from creatorhub.payments.errors import (
    AnswerRefusedError,
    KeyReusedError,
    PaymentError,
    ProcessorSilentError,
    RefundTooLargeError,
    SignatureError,
    TransferRefusedError,
)
from creatorhub.payments.gateway import (
    CheckoutRequest,
    CheckoutStatus,
    DisputeStatus,
    GatewayEvent,
    HostedPage,
    RefundResult,
)
from creatorhub.payments.recipients import RecipientStatus, SentTransfer
from creatorhub.payments.stripe import asked, events, told

SIGNATURE_HEADER = "Stripe-Signature"
LIVE_PREFIXES = ("sk_live_", "rk_live_")

# A buyer waits for the page meanwhile; the library's own 80 seconds would lose them. Together they
# stay within the eight seconds that nobody waits longer than (docs/testing.md).
CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 6.0

# None on purpose: every caller has a row that tries again with the same key, and a retry hidden in
# here would only double how long somebody waits.
NETWORK_RETRIES = 0

TOO_LARGE_CODES = {"charge_already_refunded", "amount_too_large"}
PAGE_SIZE = 100

stripe.enable_telemetry = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeKeys:
    """How this instance is known at Stripe. Several secrets of an endpoint are valid at once, while
    one is rolled. `address` replaces Stripe's own in tests only."""

    secret_key: str
    webhook_secrets: tuple[str, ...] = ()
    connect_webhook_secrets: tuple[str, ...] = ()
    address: str = ""
    answer_seconds: float = ANSWER_SECONDS

    @property
    def is_live(self) -> bool:
        return self.secret_key.startswith(LIVE_PREFIXES)


def _client(keys: StripeKeys) -> stripe.StripeClient:
    return stripe.StripeClient(
        keys.secret_key,
        base_addresses={"api": keys.address} if keys.address else None,
        max_network_retries=NETWORK_RETRIES,
        http_client=stripe.RequestsClient(timeout=(CONNECT_SECONDS, keys.answer_seconds)),
    )


def keys_of_instance() -> StripeKeys:
    """What the environment says."""
    return StripeKeys(
        secret_key=settings.STRIPE_SECRET_KEY,
        webhook_secrets=tuple(settings.STRIPE_WEBHOOK_SECRETS),
        connect_webhook_secrets=tuple(settings.STRIPE_CONNECT_WEBHOOK_SECRETS),
        address=settings.STRIPE_API_ADDRESS,
    )


class StripeGateway:
    """Keeps the promises of PaymentGateway and RecipientGateway. A payment's id is its charge's."""

    name = "stripe"

    def __init__(self, keys: StripeKeys) -> None:
        self._keys = keys
        self._client = _client(keys)
        self._process = os.getpid()

    @property
    def _stripe(self) -> stripe.StripeClient:
        """A forked child gets connections of its own: it must not talk over its parent's."""
        if self._process != os.getpid():
            self._client, self._process = _client(self._keys), os.getpid()
        return self._client

    # Pages ----------------------------------------------------------------------------------
    def create_checkout(self, request: CheckoutRequest) -> HostedPage:
        """No look-up after a lost answer: a page nobody was sent to cannot be paid, and closes."""
        params = asked.page(request)
        session = _once(
            request.idempotency_key,
            lambda options: self._stripe.v1.checkout.sessions.create(params, options),
            find=lambda: None,
        )
        return HostedPage(provider_id=session["id"], url=session["url"])

    def retrieve_checkout(self, provider_id: str) -> CheckoutStatus:
        with _answers():
            found = self._stripe.v1.checkout.sessions.retrieve(
                provider_id, {"expand": [told.PAYMENT]}
            )
        return told.checkout(found.to_dict())

    def expire_checkout(self, provider_id: str) -> CheckoutStatus:
        """Stripe refuses to close what is not open: then it says what it is."""
        try:
            with _answers():
                self._stripe.v1.checkout.sessions.expire(provider_id)
        except RefusedError:
            return self.retrieve_checkout(provider_id)
        return CheckoutStatus("expired")

    # Refunds --------------------------------------------------------------------------------
    def refund(self, *, payment_id: str, amount: Money, idempotency_key: str) -> RefundResult:
        """Looked for first: asked a day later, the key alone would not stop a second refund."""
        params = asked.refund(payment_id=payment_id, amount=amount, key=idempotency_key)

        def find() -> told.Told | None:
            found = self._stripe.v1.refunds.list({"charge": payment_id, "limit": PAGE_SIZE})
            return _with_key(found.auto_paging_iter(), idempotency_key, amount)

        try:
            refunded = _looked_for(find) or _once(
                idempotency_key,
                lambda options: self._stripe.v1.refunds.create(params, options),
                find=find,
            )
        except RefusedError as error:
            if error.code in TOO_LARGE_CODES or "greater than" in str(error):
                raise RefundTooLargeError(str(error)) from error
            raise
        return told.refund(refunded)

    # Disputes -------------------------------------------------------------------------------
    def retrieve_dispute(self, provider_id: str) -> DisputeStatus:
        return told.dispute(self._dispute(provider_id))

    def answer_dispute(self, *, provider_id: str, evidence: str, idempotency_key: str) -> None:
        """Stripe takes evidence once it is submitted, and never again."""
        dispute = self._dispute(provider_id)
        if dispute["metadata"].get(asked.KEY) == idempotency_key:
            return
        if told.dispute(dispute).state not in {"inquiry", "needs_response"}:
            raise AnswerRefusedError(f"{provider_id} is {dispute['status']}")
        params = asked.answer(evidence=evidence, key=idempotency_key)
        _once(
            idempotency_key,
            lambda options: self._stripe.v1.disputes.update(provider_id, params, options),
            find=lambda: _if_keyed(self._dispute(provider_id), idempotency_key),
        )

    def _dispute(self, provider_id: str) -> told.Told:
        with _answers():
            return self._stripe.v1.disputes.retrieve(provider_id).to_dict()

    # Recipients -----------------------------------------------------------------------------
    def create_recipient(
        self, *, reference: str, country: str, email: str, idempotency_key: str
    ) -> str:
        params = asked.recipient(reference=reference, country=country, email=email)
        with _answers():
            made = self._stripe.v2.core.accounts.create(
                params, {"idempotency_key": idempotency_key}
            )
        return made.id

    def onboarding_link(self, *, recipient_id: str, return_url: str, refresh_url: str) -> str:
        params = asked.onboarding(
            recipient_id=recipient_id, return_url=return_url, refresh_url=refresh_url
        )
        with _answers():
            return self._stripe.v2.core.account_links.create(params).url

    def recipient_status(self, recipient_id: str) -> RecipientStatus:
        with _answers():
            account = self._stripe.v2.core.accounts.retrieve(
                recipient_id, {"include": ["configuration.recipient", "requirements"]}
            )
        return told.recipient(account.to_dict())

    # Transfers ------------------------------------------------------------------------------
    def transfer(
        self,
        *,
        recipient_id: str,
        amount: Money,
        group: str,
        source_payment: str,
        idempotency_key: str,
    ) -> SentTransfer:
        """Callers look with `find_transfer` before they ask again a day later."""
        params = asked.transfer(
            recipient_id=recipient_id,
            amount=amount,
            group=group,
            source_payment=source_payment,
            key=idempotency_key,
        )
        try:
            sent = _once(
                idempotency_key,
                lambda options: self._stripe.v1.transfers.create(params, options),
                find=lambda: self._transfer_of(group, idempotency_key, amount),
            )
        except RefusedError as error:
            raise TransferRefusedError("transfer_refused", str(error)) from error
        return told.transfer(sent)

    def find_transfer(self, *, group: str, idempotency_key: str) -> SentTransfer | None:
        found = _looked_for(lambda: self._transfer_of(group, idempotency_key))
        return told.transfer(found) if found else None

    def reverse_transfer(
        self, *, transfer_id: str, amount: Money, idempotency_key: str
    ) -> SentTransfer:
        """Looked for first, as refunds are."""
        params = asked.reversal(amount=amount, key=idempotency_key)
        reversals = self._stripe.v1.transfers.reversals

        def find() -> told.Told | None:
            found = reversals.list(transfer_id, {"limit": PAGE_SIZE})
            return _with_key(found.auto_paging_iter(), idempotency_key, amount)

        try:
            if not _looked_for(find):
                _once(
                    idempotency_key,
                    lambda options: reversals.create(transfer_id, params, options),
                    find=find,
                )
        except RefusedError as error:
            raise TransferRefusedError("reversal_refused", str(error)) from error
        with _answers():
            return told.transfer(self._stripe.v1.transfers.retrieve(transfer_id).to_dict())

    def balance(self, currency: str) -> Money:
        with _answers():
            return told.balance(self._stripe.v1.balance.retrieve().to_dict(), currency)

    def _transfer_of(self, group: str, key: str, amount: Money | None = None) -> told.Told | None:
        found = self._stripe.v1.transfers.list({"transfer_group": group, "limit": PAGE_SIZE})
        return _with_key(found.auto_paging_iter(), key, amount)

    # Events ---------------------------------------------------------------------------------
    def parse_event(self, *, payload: bytes, headers: Mapping[str, str]) -> GatewayEvent:
        """Both endpoints knock at one door; the secret says which of them it is."""
        is_connect = self._is_from_connect(payload, headers.get(SIGNATURE_HEADER, ""))
        try:
            event = json.loads(payload)
            if event["livemode"] is not self._keys.is_live:
                raise SignatureError("an event of the other mode: test money is not money")
            if event["object"] == "v2.core.event":
                return events.of_notification(event)
            if bool(event.get("account")) is not is_connect:
                raise SignatureError("signed with the other endpoint's secret")
            return events.of_snapshot(event)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise SignatureError("Stripe signed something unreadable") from error

    def _is_from_connect(self, payload: bytes, signature: str) -> bool:
        if _is_signed(payload, signature, self._keys.webhook_secrets):
            return False
        if _is_signed(payload, signature, self._keys.connect_webhook_secrets):
            return True
        raise SignatureError("Stripe did not sign this, or too long ago")


class RefusedError(PaymentError):
    """Stripe understood, and said no. `code` is Stripe's word for why; it may be empty."""

    def __init__(self, told: str, code: str = "") -> None:
        super().__init__(told)
        self.code = code


class _SavedFailureError(ProcessorSilentError):
    """A 500 that Stripe only replayed: asking under this key again will never help."""


@contextmanager
def _answers() -> Iterator[None]:
    """The library's errors in our words. What may have happened all the same is "silent"."""
    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise ProcessorSilentError(str(error)) from error
    except stripe.IdempotencyError as error:
        raise KeyReusedError(str(error)) from error
    except stripe.StripeError as error:
        status = error.http_status or 500
        is_replayed = (error.headers or {}).get("Idempotent-Replayed") == "true"
        if is_replayed and status >= 500:
            raise _SavedFailureError(str(error)) from error
        if status >= 500 or status == 409:
            raise ProcessorSilentError(str(error)) from error
        raise RefusedError(str(error), error.code or "") from error


def _once(
    key: str,
    make: Callable[[Any], stripe.StripeObject],
    *,
    find: Callable[[], told.Told | None],
) -> told.Told:
    """Do it under this key. After a saved failure: what is there, or again under a fresh name."""
    try:
        with _answers():
            return make({"idempotency_key": key}).to_dict()
    except _SavedFailureError:
        found = _looked_for(find)
        if found:
            return found
    with _answers():
        return make({"idempotency_key": f"{key}:again"}).to_dict()


def _looked_for(find: Callable[[], told.Told | None]) -> told.Told | None:
    with _answers():
        return find()


def _with_key(
    made: Iterable[stripe.StripeObject], key: str, amount: Money | None
) -> told.Told | None:
    """What carries our key; KeyReusedError when it was another amount."""
    for one in made:
        found = _if_keyed(one.to_dict(), key)
        if found and amount is not None and found["amount"] != amount.minor:
            raise KeyReusedError(f"{key} moved {found['amount']}, not {amount.minor}")
        if found:
            return found
    return None


def _if_keyed(found: told.Told, key: str) -> told.Told | None:
    return found if (found["metadata"] or {}).get(asked.KEY) == key else None


def _is_signed(payload: bytes, signature: str, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets made this signature, within Stripe's five minutes."""
    return any(_is_signed_with(payload, signature, secret) for secret in secrets)


def _is_signed_with(payload: bytes, signature: str, secret: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(
            payload, signature, secret, stripe.Webhook.DEFAULT_TOLERANCE
        )
    # Not only its own error: it also stumbles over bodies and signatures that are no text.
    except (stripe.SignatureVerificationError, ValueError, TypeError):
        return False
    return True
