"""Payees on real rails: known to the play provider, or with a bank account; batches under way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from creatorhub.accounts.models import Party, User
from creatorhub.payments.models import SandboxControls
from creatorhub.payments.sandbox import recipients
from creatorhub.payouts.bank_numbers import check_numbers
from creatorhub.payouts.models import Payee, Payout, PayoutBatch, Recipient
from creatorhub.payouts.services import (
    approve_batch,
    hand_over_batch,
    prepare_batch,
    refresh_recipient,
    run_payouts,
    save_bank_account,
    start_onboarding,
)
from tests.factories.accounts import a_staff_user
from tests.factories.payouts import a_payee, deliver_payouts, earn

_numbers = count(1)

# From the registry of IBANs: the example each country publishes.
SAUDI_IBAN = "SA03 8000 0000 6080 1016 7519"
GERMAN_IBAN = "DE89 3704 0044 0532 0130 00"


def begin_onboarding(payee: Payee, *, country: str = "DE") -> Recipient:
    """The payee chose the provider and was sent to its page, no further."""
    start_onboarding(
        payee=payee, country=country, return_url="http://x/back", refresh_url="http://x/again"
    )
    return Recipient.objects.get(payee=payee, country=country)


def finish_onboarding(recipient: Recipient) -> Recipient:
    """The payee gave the provider everything, and came back."""
    recipients.finish(public_id=recipient.provider_id)
    return refresh_recipient(recipient_id=recipient.pk)


def a_connect_payee(*, payee: Payee | None = None, name: str = "Nour") -> Payee:
    """Somebody the play provider may pay."""
    payee = payee or a_payee(name=name)
    finish_onboarding(begin_onboarding(payee))
    payee.refresh_from_db()
    return payee


def with_bank_account(payee: Payee, *, number: str = SAUDI_IBAN, country: str = "SA") -> Payee:
    """Paid to this bank account from now on."""
    checked = check_numbers(country=country, number=number)
    save_bank_account(payee=payee, country=country, holder=payee.party.name, checked=checked)
    payee.refresh_from_db()
    return payee


def a_bank_payee(*, name: str = "Nour") -> Payee:
    """Somebody with a bank account in Saudi Arabia."""
    return with_bank_account(a_payee(name=name))


def a_batch(*minors: int, currency: str = "SAR", started_by: User | None = None) -> PayoutBatch:
    """A drafted batch with a payout of each amount, to a payee each."""
    for minor in minors or (50_000,):
        earn(a_bank_payee(name=f"Payee {next(_numbers)}"), minor, currency=currency)
    run = run_payouts(key=f"bank:{next(_numbers)}", actor=started_by)
    deliver_payouts()
    return PayoutBatch.objects.get(run=run, currency=currency)


def a_sent_batch(*minors: int) -> tuple[PayoutBatch, User, User]:
    """A batch at the bank, with who prepared and who approved it."""
    batch, first, second = a_batch(*minors), a_staff_user(), a_staff_user()
    prepare_batch(batch_id=batch.pk, actor=first)
    approve_batch(batch_id=batch.pk, actor=second)
    return hand_over_batch(batch_id=batch.pk, actor=first), first, second


def a_bank_payout() -> Payout:
    """One payout of a batch that was drafted."""
    payout = a_batch().payouts.first()
    assert payout is not None
    return payout


def payee_of_party(party: Party) -> Payee:
    return Payee.objects.get(party=party)


@contextmanager
def the_provider(**habits: Any) -> Iterator[None]:
    """Within the block the play provider behaves like this: loses_answers=True and so on."""
    SandboxControls.objects.update_or_create(id=1, defaults=habits)
    yield
    SandboxControls.objects.filter(id=1).update(**dict.fromkeys(habits, False))
