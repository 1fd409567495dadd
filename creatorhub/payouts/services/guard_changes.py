"""The take-over guard: what decides over a payee's money changed, so payouts wait for a while.

Whoever takes an account over changes where its money goes, or how its owner is reached. Every
such change waits, and the old and the new address hear of it with a way to say "it was not me".
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.core import signing
from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.outbox.mail_templates import render_mail
from creatorhub.outbox.services import enqueue_mail
from creatorhub.payouts.models import Payee, PayeeHold
from creatorhub.payouts.services.payees import open_hold

What = Literal["destination", "email", "second_factor"]

NOT_ME = "not_me"
LINK_LIVES = dt.timedelta(days=30)
_SALT = "creatorhub.payouts.not_me"


@transaction.atomic
def hold_after_change(*, payee: Payee, what: What, old_address: str, new_address: str) -> PayeeHold:
    """Let the payee's payouts wait (policy: 72 hours), and tell both e-mail addresses.

    The addresses are where the person is reached before and after; the same twice is told once.
    Another change of the same kind while one waits starts the time again.
    """
    Payee.objects.select_for_update().get(pk=payee.pk)
    until = now() + dt.timedelta(hours=policy().change_guard_hours)
    code = f"changed_{what}"
    hold = PayeeHold.objects.filter(payee=payee, reason_code=code, closed_at=None).first()
    if hold is None:
        hold = open_hold(payee=payee, reason_code=code, expected_until=until, ends_by_clock=True)
    else:
        hold.expected_until = until
        hold.save(update_fields=["expected_until"])
    for address in dict.fromkeys(filter(None, (old_address, new_address))):
        _tell(hold, what, address)
    return hold


@transaction.atomic
def report_not_me(*, token: str) -> PayeeHold | None:
    """Somebody says a change was not theirs: nothing is paid until staff have looked.

    The token is the link's, from a mail. None when it is not one of ours, or older than 30 days.
    Saying it twice is saying it once.
    """
    payee = payee_of_token(token)
    if payee is None:
        return None
    Payee.objects.select_for_update().get(pk=payee.pk)
    known = PayeeHold.objects.filter(payee=payee, reason_code=NOT_ME, closed_at=None).first()
    if known is not None:
        return known
    until = now() + dt.timedelta(days=policy().appeal_answer_days)
    return open_hold(payee=payee, reason_code=NOT_ME, expected_until=until)


def payee_of_token(token: str) -> Payee | None:
    """Whose change the link in a mail is about; None when it is not one of ours."""
    try:
        found = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    sent_at = dt.datetime.fromtimestamp(found["at"], tz=dt.UTC)
    if now() - sent_at > LINK_LIVES:
        return None
    return Payee.objects.select_related("party__user").filter(pk=found["payee"]).first()


def token_of(payee: Payee) -> str:
    """What the link in a mail carries. By the market's clock, which the sandbox moves."""
    return signing.dumps({"payee": payee.pk, "at": int(now().timestamp())}, salt=_SALT)


def _tell(hold: PayeeHold, what: What, address: str) -> None:
    user = hold.payee.party.user
    language = user.language if user else "en"
    subject, text, html = render_mail(
        f"changed_{what}",
        language,
        {"hold": hold, "name": hold.payee.party.name, "token": token_of(hold.payee)},
    )
    enqueue_mail(
        key=f"changed:{hold.pk}:{int(hold.expected_until.timestamp())}:{address}"[:195],
        to=address,
        subject=subject,
        text=text,
        html=html,
        language=language,
    )
