"""What everybody but us does: buyers, banks, recipients, time."""

from __future__ import annotations

import datetime as dt

from tests.fakestripe import books
from tests.fakestripe.endpoints import accounts, charges, disputes, payouts, refunds
from tests.fakestripe.endpoints.checkout import close, session_now
from tests.fakestripe.happenings import tell
from tests.fakestripe.world import Object, World


class Acts:
    """Each act changes the far side and writes its events; nothing is delivered by itself.

    A page may be given by its id or by its address.
    """

    def __init__(self, world: World) -> None:
        self.world = world

    # Buyers ---------------------------------------------------------------------------------
    def pay(self, page: str) -> str:
        """The buyer pays; the charge's id. Paying a paid page again gives the same charge."""
        with self.world.lock:
            session = self._session(page)
            if session["status"] == "complete":
                return self._charge_of(session)
            assert session["status"] == "open", f"{page} is {session['status']}"
            intent = self._intent(session)
            charge = charges.succeed(self.world, intent)
            self._complete(session, intent, "paid")
            return str(charge["id"])

    def decline(self, page: str) -> None:
        """The bank says no; the page stays open."""
        with self.world.lock:
            session = self._session(page)
            charges.fail(self.world, self._intent(session))

    def pay_later(self, page: str) -> None:
        """A bank debit: the page is complete, its money comes later (`arrive`, `never_arrive`)."""
        with self.world.lock:
            session = self._session(page)
            intent = self._intent(session)
            intent["status"] = "processing"
            self._complete(session, intent, "unpaid")

    def arrive(self, page: str) -> str:
        """The money of `pay_later` came."""
        with self.world.lock:
            session = self._session(page)
            intent = self.world.find("payment_intent", session["payment_intent"])
            charge = charges.succeed(self.world, intent)
            session["payment_status"] = "paid"
            tell(self.world, "checkout.session.async_payment_succeeded", session)
            return str(charge["id"])

    def never_arrive(self, page: str) -> None:
        """The money of `pay_later` did not come, and will not."""
        with self.world.lock:
            session = self._session(page)
            charges.fail(self.world, self.world.find("payment_intent", session["payment_intent"]))
            tell(self.world, "checkout.session.async_payment_failed", session)

    def let_page_close(self, page: str) -> None:
        """The page's time ran out."""
        with self.world.lock:
            close(self.world, self._session(page))

    # Banks ----------------------------------------------------------------------------------
    def open_dispute(
        self,
        charge: str,
        *,
        amount: int | None = None,
        reason: str = "fraudulent",
        is_inquiry: bool = False,
    ) -> str:
        """The dispute's id. `amount` in minor units; the whole charge when it is left out."""
        with self.world.lock:
            found = self.world.find("charge", charge)
            made = disputes.open_dispute(
                self.world,
                found,
                amount=found["amount"] if amount is None else amount,
                reason=reason,
                is_inquiry=is_inquiry,
            )
            return str(made["id"])

    def escalate_inquiry(self, dispute: str) -> None:
        with self.world.lock:
            disputes.escalate(self.world, self.world.find("dispute", dispute))

    def win_dispute(self, dispute: str) -> None:
        self._decide(dispute, "won")

    def lose_dispute(self, dispute: str) -> None:
        self._decide(dispute, "lost")

    def close_inquiry(self, dispute: str) -> None:
        self._decide(dispute, "warning_closed")

    def settle_refund(self, refund: str) -> None:
        """A refund that waited (`fake.refunds_wait`) arrived."""
        with self.world.lock:
            refunds.succeed(self.world, self.world.find("refund", refund))

    def fail_refund(self, refund: str) -> None:
        """The buyer's bank sent a refund back, even one that had arrived."""
        with self.world.lock:
            refunds.fail(self.world, self.world.find("refund", refund))

    # Recipients -----------------------------------------------------------------------------
    def finish_onboarding(self, account: str) -> None:
        """Everything asked for was given: money may be sent there."""
        with self.world.lock:
            found = self.world.find("v2.core.account", account)
            accounts.require(self.world, found, (), by=None)
            accounts.set_capability(self.world, found, "active")

    def ask_for_more(self, account: str, *names: str, by: dt.datetime) -> None:
        """Something is missing from a date on; until then transfers work."""
        with self.world.lock:
            found = self.world.find("v2.core.account", account)
            accounts.require(self.world, found, names, by=int(by.timestamp()))

    def restrict(self, account: str) -> None:
        """No money may be sent there any more."""
        with self.world.lock:
            found = self.world.find("v2.core.account", account)
            accounts.set_capability(self.world, found, "restricted")

    def pay_out(self, account: str, *, currency: str) -> str:
        """Their balance goes to their bank, so that reversals are refused; the payout's id."""
        with self.world.lock:
            found = self.world.find("v2.core.account", account)
            return str(payouts.pay_out(self.world, found, currency=currency.lower())["id"])

    def fail_payout(self, payout: str) -> None:
        """Their bank sent it back."""
        with self.world.lock:
            payouts.fail_payout(self.world, self.world.find("payout", payout))

    # Time -----------------------------------------------------------------------------------
    def settle(self) -> None:
        """Pending money becomes available, everywhere."""
        with self.world.lock:
            books.settle(self.world)

    def travel_to(self, moment: dt.datetime) -> None:
        """The far side's clock, for tests whose own clock travels."""
        self.world.travelled = moment - dt.datetime.fromtimestamp(
            self.world.now() - self.world.travelled.total_seconds(), tz=dt.UTC
        )

    # Between the acts -----------------------------------------------------------------------
    def _session(self, page: str) -> Object:
        return session_now(self.world, page.rstrip("/").rsplit("/", 1)[-1])

    def _intent(self, session: Object) -> Object:
        """One intent a session, however often the buyer tries."""
        known = session.get("_intent")
        if known:
            return self.world.find("payment_intent", known)
        made = charges.make_intent(
            self.world,
            amount=session["amount_total"],
            currency=session["currency"],
            asked=session["_payment"],
        )
        session["_intent"] = made["id"]
        return made

    def _complete(self, session: Object, intent: Object, payment_status: str) -> None:
        session.update(
            status="complete", payment_status=payment_status, payment_intent=intent["id"], url=None
        )
        tell(self.world, "checkout.session.completed", session)

    def _charge_of(self, session: Object) -> str:
        intent = self.world.find("payment_intent", session["payment_intent"])
        return str(intent["latest_charge"])

    def _decide(self, dispute: str, status: str) -> None:
        with self.world.lock:
            disputes.decide(self.world, self.world.find("dispute", dispute), status=status)
