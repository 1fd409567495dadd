"""The provider's door, its hosted page, and the desk of the sandbox."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ABSENT = frozenset({404})

ROWS = {
    "payments:webhook": Row(args=("=sandbox",), post=Who.EVERYONE, answers=frozenset({400})),
    "sandbox:controls": Row(get=Who.EVERYONE),
    "sandbox:pass_time": Row(post=Who.EVERYONE),
    "sandbox:behave": Row(post=Who.EVERYONE),
    "sandbox:deliver_held": Row(post=Who.EVERYONE),
    "sandbox:deliver_again": Row(args=("=evt_absent",), post=Who.EVERYONE, answers=ABSENT),
    "sandbox:open_dispute": Row(post=Who.EVERYONE),
    "sandbox:decide_dispute": Row(args=("=dp_absent",), post=Who.EVERYONE, answers=ABSENT),
    "sandbox:onboarding": Row(
        args=("=absent",), get=Who.EVERYONE, post=Who.EVERYONE, answers=ABSENT
    ),
    "sandbox:control_recipient": Row(args=("=acct_absent",), post=Who.EVERYONE, answers=ABSENT),
    "sandbox:mail": Row(get=Who.EVERYONE),
    "sandbox:mail_message": Row(args=("=0",), get=Who.EVERYONE, answers=ABSENT),
    "sandbox:mail_html": Row(args=("=0",), get=Who.EVERYONE, answers=ABSENT),
    "sandbox:page": Row(
        args=("=page_absent",), get=Who.EVERYONE, post=Who.EVERYONE, answers=ABSENT
    ),
    "sandbox:confirm": Row(
        args=("=page_absent",), get=Who.EVERYONE, post=Who.EVERYONE, answers=ABSENT
    ),
    "sandbox:walk_away": Row(args=("=page_absent",), post=Who.EVERYONE, answers=ABSENT),
}
