"""What people may know of programmes, memberships and what clicks earn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from creatorhub.accounts.models import Party
from creatorhub.affiliates.models import Attribution, Commission, Enrolment, Programme
from creatorhub.affiliates.programmes import rate_of
from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.shops.models import Listing, Shop
from creatorhub.social_share.models import ShareLink
from creatorhub.social_share.touch_cookie import SignedClick


@dataclass(frozen=True, slots=True)
class Earner:
    """Whoever earns when this visitor buys: said on the page the link led to."""

    name: str
    rate_bps: int


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the shop sees one."""

    enrolment: Enrolment
    sales: int
    earned: Money


def share_offer(listing: Listing) -> int | None:
    """The rate of "Share & earn" for a product, in basis points; None when nobody can earn."""
    return share_offer_of_shop(listing.shop)


def share_offer_of_shop(shop: Shop) -> int | None:
    """The rate of an open programme, in basis points; None when there is none."""
    programme = Programme.objects.filter(shop=shop, state=Programme.State.OPEN).first()
    return programme.rate_bps if programme is not None and shop.is_visible else None


def open_programmes() -> QuerySet[Programme]:
    """Programmes anybody may join, the best rate first."""
    return (
        Programme.objects.filter(
            state=Programme.State.OPEN, shop__state=Shop.State.OPEN, shop__taken_down_at=None
        )
        .select_related("shop__owner", "shop__avatar")
        .annotate(products=Count("shop__listings", filter=Q(shop__listings__state="published")))
        .order_by("-rate_bps", "shop__name")
    )


def memberships_of(party: Party) -> QuerySet[Enrolment]:
    """Programmes this party promotes now, the newest first."""
    return (
        Enrolment.objects.filter(owner=party, state=Enrolment.State.APPROVED)
        .select_related("programme__shop", "owner")
        .order_by("-joined_at")
    )


def who_earns(*, shop: Shop, clicks: Iterable[SignedClick]) -> Earner | None:
    """Who would be credited if this visitor bought now; None when nobody would."""
    newest_first = sorted(clicks, key=lambda click: click.clicked_at, reverse=True)
    programme = Programme.objects.filter(shop=shop, state=Programme.State.OPEN).first()
    if programme is None or not newest_first:
        return None
    sharers = dict(
        ShareLink.objects.filter(pk__in=[click.link_id for click in newest_first])
        .exclude(sharer=shop.owner_id)
        .values_list("pk", "sharer_id")
    )
    members = {
        member.owner_id: member
        for member in programme.enrolments.filter(
            owner__in=[pk for pk in sharers.values() if pk], state=Enrolment.State.APPROVED
        ).select_related("owner", "programme")
    }
    for click in newest_first:
        member = members.get(sharers.get(click.link_id) or 0)
        if member is not None and _counts(click, member):
            return Earner(member.owner.name, rate_of(enrolment=member, at=now()))
    return None


def members_of(programme: Programme) -> list[Member]:
    """Everybody who joined, with the sales they led to and what is left of their commissions."""
    currency = programme.shop.currency
    earned = dict(
        Commission.objects.filter(attribution__enrolment__programme=programme, currency=currency)
        .values_list("attribution__enrolment")
        .annotate(left=Sum(F("amount_minor") - F("reversed_minor")))
    )
    sales = dict(
        Attribution.objects.filter(enrolment__programme=programme)
        .values_list("enrolment")
        .annotate(Count("order_line__order", distinct=True))
    )
    members = [
        Member(
            enrolment,
            sales.get(enrolment.pk, 0),
            Money(int(earned.get(enrolment.pk) or 0), currency),
        )
        for enrolment in programme.enrolments.select_related("owner").order_by("joined_at")
    ]
    return sorted(members, key=lambda member: -member.earned.minor)


def commission_of_line(order_line_id: int) -> Commission | None:
    """What a line earned for somebody, with its attribution."""
    return (
        Commission.objects.filter(attribution__order_line=order_line_id)
        .select_related("attribution__enrolment__owner")
        .first()
    )


def _counts(click: SignedClick, member: Enrolment) -> bool:
    age = now() - click.clicked_at
    return age.days < member.programme.window_days and member.joined_at <= click.clicked_at
