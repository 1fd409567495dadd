"""Making a payee known to the processor that pays them, and keeping its word on them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from typing import Any

from django.db import transaction
from django.db.models import Q

from creatorhub.foundation.clock import now
from creatorhub.outbox.services import enqueue
from creatorhub.payments.errors import ProcessorSilentError, UnknownGatewayError
from creatorhub.payments.recipients import RecipientStatus
from creatorhub.payments.registry import recipient_gateway, recipient_gateway_names
from creatorhub.payouts.countries import rails_of_country
from creatorhub.payouts.errors import NotOpenThereError
from creatorhub.payouts.models import Payee, Recipient
from creatorhub.payouts.rails.stripe_connect import StripeConnectRail
from creatorhub.payouts.services.change_destination import change_destination

log = logging.getLogger(__name__)

CHECK_AGAIN_AFTER = dt.timedelta(days=1)


def start_onboarding(
    *, payee: Payee, country: str, return_url: str, refresh_url: str, actor: Any = None
) -> str:
    """Where the person goes to be verified: a fresh, short-lived address each time.

    Outside any transaction. NotOpenThereError when the rail is not open to that country,
    ProcessorSilentError when the processor did not answer; both leave everything as it was.
    """
    recipient = _recipient(payee, country, actor)
    gateway = recipient_gateway(recipient.gateway)
    if not recipient.provider_id:
        recipient.provider_id = gateway.create_recipient(
            reference=str(payee.party.public_id),
            country=country,
            email=payee.party.user.email if payee.party.user else "",
            idempotency_key=f"recipient:{recipient.pk}",
        )
        Recipient.objects.filter(pk=recipient.pk).update(provider_id=recipient.provider_id)
        _use_if_nothing_else(recipient, actor)
        refresh_recipient(recipient_id=recipient.pk)
    return gateway.onboarding_link(
        recipient_id=recipient.provider_id, return_url=return_url, refresh_url=refresh_url
    )


def refresh_recipient(*, recipient_id: int) -> Recipient:
    """Ask the processor what it says of a recipient now; safe to repeat, in any order."""
    recipient = Recipient.objects.get(pk=recipient_id)
    if not recipient.provider_id:
        return recipient
    status = recipient_gateway(recipient.gateway).recipient_status(recipient.provider_id)
    return _keep_status(recipient_id, status)


def refresh_due_recipients(*, limit: int = 200) -> int:
    """Ask about everybody whose word is a day old; returns how many answered."""
    old = Q(checked_at=None) | Q(checked_at__lt=now() - CHECK_AGAIN_AFTER)
    ids = Recipient.objects.filter(old).exclude(provider_id="").order_by("checked_at", "pk")
    answered = 0
    for recipient_id in list(ids.values_list("pk", flat=True)[:limit]):
        try:
            refresh_recipient(recipient_id=recipient_id)
            answered += 1
        except (ProcessorSilentError, UnknownGatewayError) as error:
            log.warning("recipient %s could not be asked about: %s", recipient_id, error)
    return answered


@transaction.atomic(durable=True)
def note_bank_refusal(*, recipient_id: int, event_id: str) -> None:
    """A payee's own bank sent money back to the processor, where it waits for better details."""
    recipient = Recipient.objects.select_for_update().get(pk=recipient_id)
    recipient.bank_refused_at = now()
    recipient.save(update_fields=["bank_refused_at"])
    enqueue(
        topic="mail.bank_refused",
        key=f"mail.bank_refused:{recipient.pk}:{event_id}",
        payload={"recipient": recipient.pk},
    )


@transaction.atomic(durable=True)
def _recipient(payee: Payee, country: str, actor: Any) -> Recipient:
    if StripeConnectRail.key not in rails_of_country(country):
        raise NotOpenThereError(country)
    # The real processor comes first where both are here.
    name = sorted(recipient_gateway_names(), key=lambda known: known == "sandbox")[0]
    recipient, _ = Recipient.objects.get_or_create(
        payee=payee, gateway=name, country=country, defaults={"created_at": now()}
    )
    Recipient.objects.filter(payee=payee).exclude(pk=recipient.pk).update(wanted_at=None)
    recipient.wanted_at = now()
    recipient.save(update_fields=["wanted_at"])
    return recipient


@transaction.atomic(durable=True)
def _use_if_nothing_else(recipient: Recipient, actor: Any) -> None:
    """Whoever is paid some way already keeps it until the new one is ready."""
    payee = Payee.objects.select_for_update().get(pk=recipient.payee_id)
    if not payee.is_ready:
        change_destination(
            payee=payee,
            rail=StripeConnectRail.key,
            destination=recipient.provider_id,
            is_ready=False,
            actor=actor,
        )


@transaction.atomic(durable=True)
def _keep_status(recipient_id: int, status: RecipientStatus) -> Recipient:
    recipient = (
        Recipient.objects.select_for_update(of=("self",))
        .select_related("payee__party__user")
        .get(pk=recipient_id)
    )
    if recipient.is_ready != status.is_ready and status.is_ready:
        recipient.bank_refused_at = None
    recipient.is_ready = status.is_ready
    recipient.due = list(status.due)
    recipient.due_by = status.due_by
    recipient.disabled_reason = status.disabled_reason
    recipient.checked_at = now()
    recipient.save()
    is_used = recipient.payee.destination == recipient.provider_id
    if is_used or (recipient.wanted_at and status.is_ready):
        change_destination(
            payee=recipient.payee,
            rail=StripeConnectRail.key,
            destination=recipient.provider_id,
            is_ready=status.is_ready,
            due_by=status.due_by,
            actor=recipient.payee.party.user,
        )
    if is_used:
        _ask_for_what_is_missing(recipient)
    return recipient


def _ask_for_what_is_missing(recipient: Recipient) -> None:
    """One mail per set of requirements and date; nothing to a person who never came that far."""
    if not recipient.due or recipient.due_by is None:
        return
    asked = json.dumps([sorted(recipient.due), recipient.due_by.isoformat()])
    digest = hashlib.sha256(asked.encode()).hexdigest()[:16]
    enqueue(
        topic="mail.requirements",
        key=f"mail.requirements:{recipient.pk}:{digest}",
        payload={"recipient": recipient.pk},
    )
