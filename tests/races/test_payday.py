"""Everybody pays at once, and the processor errs in every way: each payee is paid once."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.ledger.selectors import balance
from creatorhub.operations.services.check_invariants import look_at_invariants
from creatorhub.payouts.models import Payee, Payout
from creatorhub.payouts.services.onboard_recipient import refresh_recipient, start_onboarding
from tests.crashes.children import Children, Job
from tests.databases import CommittedDatabase
from tests.factories.payouts import a_payee, earn
from tests.factories.stripe import a_fake_stripe, speaking_to
from tests.factories.stripe_payments import a_charge
from tests.fakestripe import FakeStripe, Fault
from tests.figures import Figures
from tests.races.payday import ANSWER_SECONDS, in_flight, schedule, work

SCHEDULERS, WORKERS, CLICKS = 8, 8, 3
OWED = 5_000
TRANSFERS = "/v1/transfers"
LATEST_ROUND = 12
KEYS_ARE_FORGOTTEN_AFTER = dt.timedelta(hours=30)


def a_recipient_of_money(fake: FakeStripe) -> Payee:
    """Onboarded at the processor, and owed money of one order."""
    payee = a_payee()
    start_onboarding(payee=payee, country="DE", return_url="http://x/", refresh_url="http://x/")
    recipient = payee.recipients.get()
    fake.finish_onboarding(recipient.provider_id)
    refresh_recipient(recipient_id=recipient.pk)
    earn(payee, OWED)
    payee.refresh_from_db()
    return payee


def a_rich_platform(fake: FakeStripe, minor: int) -> None:
    a_charge(fake, minor=2 * minor)
    fake.settle()


def let_it_err(fake: FakeStripe, payees: int, seed: int) -> Counter[str]:
    """Every way of going wrong, in a random order, for a quarter of the transfers and look-ups."""
    chance = random.Random(seed)
    often = max(1, payees // 40)
    faults = [fault for fault in Fault for _ in range(often)]
    chance.shuffle(faults)
    for fault in faults:
        fake.fail_next(fault, path=TRANSFERS, method="POST")
    for fault in (Fault.ERROR, Fault.DROPPED, Fault.SILENT, Fault.TOO_MANY):
        fake.fail_next(fault, path=TRANSFERS, method="GET")
    return Counter(fault.name for fault in faults)


def payday(children: Children, fake: FakeStripe, *, careless: bool = False) -> int:
    """The rush, and then a day after the other until nothing is on its way; returns how many."""
    about = {"address": fake.address, "secret_key": fake.api_key}
    keys = ["the week"] * SCHEDULERS + [f"click {number}" for number in range(CLICKS)]
    rush = [Job(schedule, about | {"key": key}) for key in keys]
    about |= {"careless": careless}
    children.run_at_once(rush + [Job(work, about | {"looks_up": False})] * WORKERS)
    start, rounds = now(), 0
    while in_flight():
        rounds += 1
        assert rounds < LATEST_ROUND, list(Payout.objects.values("state", "pk"))
        fake.prune_keys()
        with travel_to(start + rounds * KEYS_ARE_FORGOTTEN_AFTER):
            children.run_at_once([Job(work, about | {"looks_up": True})] * WORKERS)
    return rounds


def paid_at_the_far_side(fake: FakeStripe) -> Counter[str]:
    """Destination → transfers."""
    return Counter(str(made["destination"]) for made in fake.objects("transfer"))


def nothing_is_broken() -> None:
    """In the rooms of this story; there is no shop in it."""
    broken = {one.invariant.name for one in look_at_invariants() if not one.is_ok}
    assert not {name for name in broken if name.startswith(("ledger.", "payouts."))}


@pytest.mark.parametrize("payees", [20, pytest.param(200, marks=pytest.mark.long)])
def test_each_payee_is_paid_once(
    committed_database: CommittedDatabase, children: Children, figures: Figures, payees: int
) -> None:
    with a_fake_stripe() as fake, speaking_to(fake):
        fake.silence_seconds = ANSWER_SECONDS + 0.5
        a_rich_platform(fake, payees * OWED)
        wanted = {a_recipient_of_money(fake).destination for _ in range(payees)}
        refused = [a_recipient_of_money(fake) for _ in range(max(1, payees // 20))]
        for payee in refused:
            fake.restrict(payee.destination)
        erred = let_it_err(fake, payees, seed=payees)
        rounds = payday(children, fake)
        paid = paid_at_the_far_side(fake)
    assert fake.complaints == []
    assert paid == dict.fromkeys(wanted, 1)
    assert Payout.objects.filter(state=Payout.State.PAID).count() == payees
    for payee in refused:
        assert balance("payee_payable", payee.ledger_owner, "USD").minor == OWED
        assert {payout.state for payout in payee.payouts.all()} == {Payout.State.FAILED}
    nothing_is_broken()
    figures(
        f"{SCHEDULERS} schedulers, {WORKERS} workers, {CLICKS} clicks, {sum(erred.values())} "
        f"faults of {len(erred)} kinds, keys forgotten {rounds} time(s): {paid.total()} transfers, "
        f"{len(refused)} refused and owed again"
    )


def test_without_looking_up_first_somebody_is_paid_twice(
    committed_database: CommittedDatabase, children: Children
) -> None:
    """The control: a worker that never asks, and names each try anew."""
    payees = 10
    with a_fake_stripe() as fake, speaking_to(fake):
        fake.silence_seconds = ANSWER_SECONDS + 0.5
        a_rich_platform(fake, 3 * payees * OWED)
        for _ in range(payees):
            a_recipient_of_money(fake)
        fake.fail_next(Fault.DROPPED_AFTER, path=TRANSFERS, method="POST", times=3)
        payday(children, fake, careless=True)
        assert paid_at_the_far_side(fake).total() > payees
