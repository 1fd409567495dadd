"""Changes to programmes, memberships, touches and commissions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.models import Line

from creatorhub.accounts.models import Party, User
from creatorhub.affiliates.attribution import Decision, Purchase, decide
from creatorhub.affiliates.errors import ProgrammeError
from creatorhub.affiliates.models import (
    Attribution,
    Commission,
    CommissionAdjustment,
    Enrolment,
    Programme,
    RateLock,
    Refusal,
    Touch,
)
from creatorhub.affiliates.programmes import (
    LONGEST_WINDOW_DAYS,
    RATE_LOCK,
    check_terms,
    rate_of,
)
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.shops.models import Shop
from creatorhub.social_share.models import ShareLink
from creatorhub.social_share.touch_cookie import SignedClick


# Programmes -----------------------------------------------------------------------------------
@transaction.atomic
def open_programme(*, shop: Shop, rate_bps: int, window_days: int, actor: User) -> Programme:
    """Open a shop's programme, or open it again. ProgrammeError when the rate cannot be paid."""
    check_terms(rate_bps=rate_bps, window_days=window_days)
    programme, is_new = Programme.objects.get_or_create(
        shop=shop,
        defaults={"rate_bps": rate_bps, "window_days": window_days, "opened_at": now()},
    )
    if not is_new:
        return change_programme(
            programme=programme,
            rate_bps=rate_bps,
            window_days=window_days,
            state=Programme.State.OPEN,
            actor=actor,
        )
    record(
        action="programme.opened",
        subject=f"programme:{programme.pk}",
        actor=actor,
        rate_bps=rate_bps,
        window_days=window_days,
    )
    return programme


@transaction.atomic
def change_programme(
    *,
    programme: Programme,
    actor: User,
    rate_bps: int | None = None,
    window_days: int | None = None,
    state: str | None = None,
) -> Programme:
    """Change terms or state. A cut keeps the old rate for present members for 30 days."""
    row = Programme.objects.select_for_update().get(pk=programme.pk)
    before: dict[str, Any] = {
        "rate_bps": row.rate_bps,
        "window_days": row.window_days,
        "state": row.state,
    }
    row.rate_bps = rate_bps or row.rate_bps
    row.window_days = window_days or row.window_days
    row.state = state or row.state
    check_terms(rate_bps=row.rate_bps, window_days=row.window_days)
    if row.rate_bps < before["rate_bps"]:
        RateLock.objects.create(
            programme=row, rate_bps=before["rate_bps"], cut_at=now(), ends_at=now() + RATE_LOCK
        )
    row.save()
    after = {"rate_bps": row.rate_bps, "window_days": row.window_days, "state": row.state}
    record(
        action="programme.changed",
        subject=f"programme:{row.pk}",
        actor=actor,
        before=before,
        after=after,
    )
    return row


@transaction.atomic
def join_programme(*, shop: Shop, party: Party) -> Enrolment:
    """Make the party a member, at once. Joining twice is joining once.

    ProgrammeError when the shop has no open programme, is the party's own, or excluded it.
    """
    programme = Programme.objects.filter(shop=shop, state=Programme.State.OPEN).first()
    if programme is None or not shop.is_visible:
        raise ProgrammeError(_("This shop is not looking for people to share its products now."))
    if shop.owner_id == party.pk:
        raise ProgrammeError(_("This is your own shop: what you sell yourself is all yours."))
    enrolment, _is_new = Enrolment.objects.select_for_update().get_or_create(
        programme=programme, owner=party, defaults={"joined_at": now()}
    )
    if enrolment.state == Enrolment.State.BANNED:
        raise ProgrammeError(_("This shop has ended your membership. You can write to the shop."))
    if enrolment.state == Enrolment.State.LEFT:
        enrolment.state = Enrolment.State.APPROVED
        enrolment.joined_at, enrolment.left_at = now(), None
        enrolment.save()
    return enrolment


@transaction.atomic
def leave_programme(*, enrolment: Enrolment) -> None:
    """Stop earning from new sales; what was earned stays."""
    Enrolment.objects.filter(pk=enrolment.pk, state=Enrolment.State.APPROVED).update(
        state=Enrolment.State.LEFT, left_at=now()
    )


@transaction.atomic
def exclude_member(*, enrolment: Enrolment, actor: User) -> None:
    """The shop ends a membership for good; what was earned stays."""
    Enrolment.objects.filter(pk=enrolment.pk).update(state=Enrolment.State.BANNED, left_at=now())
    record(action="programme.excluded", subject=f"enrolment:{enrolment.pk}", actor=actor)


# Touches --------------------------------------------------------------------------------------
def bind_basket_touches(*, basket_id: int, clicks: Iterable[SignedClick]) -> None:
    """Remember a visitor's clicks with the basket, because in-app browsers lose cookies."""
    _bind(clicks, basket_id=basket_id)


def bind_user_touches(*, user: User, clicks: Iterable[SignedClick]) -> None:
    """Remember a visitor's clicks with the account, so that another device can count them."""
    _bind(clicks, user=user)


@transaction.atomic
def bind_order_touches(
    *, order_number: str, basket_id: int | None, user: User | None, clicks: Iterable[SignedClick]
) -> None:
    """Freeze, with a placed order, every click known from cookie, basket and account."""
    known = list(clicks)
    where = Q(pk__in=[])
    if basket_id is not None:
        where |= Q(basket_id=basket_id)
    if user is not None and user.pk:
        where |= Q(user=user)
    oldest = now() - dt.timedelta(days=LONGEST_WINDOW_DAYS)
    for touch in Touch.objects.filter(where, order_number="", clicked_at__gte=oldest):
        known.append(
            SignedClick(touch.click_id, touch.link_id, touch.channel, touch.clicked_at),
        )
    _bind({click.click_id: click for click in known}.values(), order_number=order_number)


def _bind(clicks: Iterable[SignedClick], **holder: Any) -> None:
    """One touch per click and holder; clicks on links that may not earn are dropped."""
    clicks = list(clicks)
    links = _links_that_may_earn({click.link_id for click in clicks})
    Touch.objects.bulk_create(
        [
            Touch(
                link_id=click.link_id,
                click_id=click.click_id,
                clicked_at=click.clicked_at,
                channel=click.channel,
                bound_at=now(),
                **holder,
            )
            for click in clicks
            if click.link_id in links
        ],
        ignore_conflicts=True,
    )


def _links_that_may_earn(link_ids: set[int]) -> set[int]:
    """Leaves out links of nobody, and of people whom the link's own shop excluded."""
    rows = ShareLink.objects.filter(pk__in=link_ids, sharer__isnull=False)
    excluded = Enrolment.objects.filter(
        state=Enrolment.State.BANNED,
        owner__in=rows.values("sharer"),
        programme__shop__in=rows.values("shop"),
    ).values_list("owner_id", "programme__shop_id")
    pairs = set(excluded)
    found = rows.values_list("pk", "sharer_id", "shop_id")
    return {pk for pk, sharer_id, shop_id in found if (sharer_id, shop_id) not in pairs}


# Commissions ----------------------------------------------------------------------------------
@transaction.atomic
def credit_line(
    *,
    order_line: Line,
    shop: Shop,
    order_number: str,
    buyer_email: str,
    buyer_user: User | None,
    placed_at: dt.datetime,
    base: Money,
    fee: Money,
    expected_on: dt.date,
) -> Commission | None:
    """Decide once who is credited for a line and freeze what it earns; None when nobody earns.

    `base` is what the buyer paid for the line without tax and shipping; the commission never
    takes more than `base - fee`, so the shop's share is never negative. Repeating returns the
    first answer.
    """
    earlier = Attribution.objects.filter(order_line=order_line).first()
    if earlier is not None:
        return Commission.objects.filter(attribution=earlier).first()
    decision = decide(
        touches=_touches_of_order(order_number),
        purchase=Purchase(
            programme=Programme.objects.filter(shop=shop).select_related("shop").first(),
            buyer_email=buyer_email,
            buyer_user_id=buyer_user.pk if buyer_user else None,
            placed_at=placed_at,
        ),
    )
    if decision.touch is None or decision.enrolment is None:
        _keep_refusal(order_line, shop, decision)
        return None
    attribution = _keep_attribution(order_line, decision.touch, decision.enrolment, decision)
    rate_bps = rate_of(enrolment=decision.enrolment, at=placed_at)
    return _earn(attribution, rate_bps=rate_bps, base=base, fee=fee, expected_on=expected_on)


@transaction.atomic
def reverse_commission(
    *, order_line: Line, refund_source: str, target_reversed: Money, reason_code: str
) -> Money | None:
    """Raise what is reversed of a line's commission to `target_reversed`, in all.

    Returns how much this call reversed; None when the line earned no commission. The same
    `refund_source` twice reverses once; a target above the commission is capped at it.
    """
    commission = _lock_commission(order_line)
    if commission is None:
        return None
    target = min(target_reversed, commission.amount)
    delta = target - Money(commission.reversed_minor, commission.currency)
    is_repeated = commission.adjustments.filter(kind="refund", source=refund_source).exists()
    if is_repeated or delta <= Money.zero(commission.currency):
        return Money.zero(commission.currency)
    CommissionAdjustment.objects.create(
        commission=commission,
        kind="refund",
        source=refund_source,
        delta_minor=-delta.minor,
        reason_code=reason_code,
        created_at=now(),
    )
    commission.reversed_minor = target.minor
    if target == commission.amount:
        commission.state = Commission.State.VOIDED
    commission.save(update_fields=["reversed_minor", "state"])
    return delta


@transaction.atomic
def restore_commission(*, order_line: Line, refund_source: str, target_reversed: Money) -> None:
    """A refund did not reach the buyer: lower what is reversed to `target_reversed`, in all.

    The same `refund_source` twice restores once.
    """
    commission = _lock_commission(order_line)
    if commission is None:
        return
    delta = Money(commission.reversed_minor, commission.currency) - target_reversed
    is_repeated = commission.adjustments.filter(kind="restored", source=refund_source).exists()
    if is_repeated or delta <= Money.zero(commission.currency):
        return
    CommissionAdjustment.objects.create(
        commission=commission,
        kind="restored",
        source=refund_source,
        delta_minor=delta.minor,
        reason_code="refund_failed",
        created_at=now(),
    )
    commission.reversed_minor = target_reversed.minor
    is_released = commission.released_at is not None
    commission.state = Commission.State.APPROVED if is_released else Commission.State.PENDING
    commission.save(update_fields=["reversed_minor", "state"])


@transaction.atomic
def release_commission(*, order_line: Line) -> Commission | None:
    """The line's holds have ended: what is left of its commission belongs to the affiliate."""
    commission = _lock_commission(order_line)
    if commission is not None and commission.state == Commission.State.PENDING:
        commission.state, commission.released_at = Commission.State.APPROVED, now()
        commission.save(update_fields=["state", "released_at"])
    return commission


@transaction.atomic
def postpone_commission(*, order_line: Line, expected_on: dt.date) -> None:
    """The line's release date became known or moved, e.g. because it was sent."""
    Commission.objects.filter(
        attribution__order_line=order_line, state=Commission.State.PENDING
    ).update(expected_on=expected_on)


def _touches_of_order(order_number: str) -> Sequence[Touch]:
    return list(
        Touch.objects.filter(order_number=order_number).select_related("link__sharer__user")
    )


def _lock_commission(order_line: Line) -> Commission | None:
    return Commission.objects.select_for_update().filter(attribution__order_line=order_line).first()


def _earn(
    attribution: Attribution, *, rate_bps: int, base: Money, fee: Money, expected_on: dt.date
) -> Commission | None:
    """The commission, clamped to what the fee leaves; None when that is nothing."""
    amount = min(base.at_rate(rate_bps), base - fee)
    if amount <= Money.zero(base.currency):
        return None
    return Commission.objects.create(
        attribution=attribution,
        base_minor=base.minor,
        rate_bps=rate_bps,
        amount_minor=amount.minor,
        currency=base.currency,
        expected_on=expected_on,
        created_at=now(),
    )


def _keep_refusal(order_line: Line, shop: Shop, decision: Decision) -> None:
    if decision.explain:
        Refusal.objects.get_or_create(
            order_line=order_line,
            defaults={"shop": shop, "explain": decision.explain, "decided_at": now()},
        )


def _keep_attribution(
    order_line: Line, touch: Touch, enrolment: Enrolment, decision: Decision
) -> Attribution:
    return Attribution.objects.create(
        order_line=order_line,
        enrolment=enrolment,
        link=touch.link,
        channel=touch.channel,
        click_id=touch.click_id,
        clicked_at=touch.clicked_at,
        window_days=enrolment.programme.window_days,
        explain=decision.explain,
        decided_at=now(),
    )
