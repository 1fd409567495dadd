"""Reporting what should not be here, and what staff decide about it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, QuerySet

from creatorhub.accounts.models import User
from creatorhub.community.errors import AlreadyDecidedError
from creatorhub.community.mails import mail_reporter, mail_shop
from creatorhub.community.models import Report
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.shops.models import Listing, PostPage, Shop
from creatorhub.shops.services.write_post import take_down_post

Target = Shop | Listing | PostPage


@transaction.atomic(durable=True)
def report(*, target: Target, reason: str, text: str, email: str, user: User | None) -> Report:
    """Keep what somebody says about a shop, a listing or a post, for staff to decide."""
    filed = Report.objects.create(
        shop=shop_of(target=target),
        listing=target if isinstance(target, Listing) else None,
        post=target if isinstance(target, PostPage) else None,
        reason=reason,
        text=text.strip(),
        reporter_email=email.strip().lower(),
        reporter=user,
        created_at=now(),
    )
    record(action="report.filed", subject=f"report:{filed.pk}", actor=user, reason=reason)
    return filed


@transaction.atomic(durable=True)
def take_down(*, report: Report, actor: User, note: str) -> Report:
    """Hide what was reported, tell the shop why and answer everyone who reported it.

    AlreadyDecidedError when the report is no longer open.
    """
    locked = _lock_open(report)
    _hide(locked, actor)
    decided = _decide(locked, state=Report.State.TAKEN_DOWN, actor=actor, note=note)
    mail_shop(report=decided)
    return decided


@transaction.atomic(durable=True)
def keep(*, report: Report, actor: User, note: str) -> Report:
    """Leave what was reported where it is, and answer everyone who reported it.

    AlreadyDecidedError when the report is no longer open.
    """
    return _decide(_lock_open(report), state=Report.State.KEPT, actor=actor, note=note)


def shop_of(*, target: Target) -> Shop:
    """The shop a reported thing belongs to. Shop.DoesNotExist for a post outside any shop."""
    if isinstance(target, Shop):
        return target
    if isinstance(target, Listing):
        return target.shop
    return Shop.objects.get(page__pk=target.get_parent().pk)


def _lock_open(report: Report) -> Report:
    locked = Report.objects.select_for_update(of=("self",)).select_related("shop").get(pk=report.pk)
    if locked.state != Report.State.OPEN:
        raise AlreadyDecidedError
    return locked


def _same_target(report: Report) -> QuerySet[Report]:
    """Every open report about the same thing: one decision answers them all."""
    return Report.objects.filter(
        shop=report.shop, listing=report.listing, post=report.post, state=Report.State.OPEN
    )


def _decide(report: Report, *, state: Report.State, actor: User, note: str) -> Report:
    for open_report in _same_target(report).select_for_update().order_by("pk"):
        open_report.state = state
        open_report.decided_at = now()
        open_report.decided_by = actor
        open_report.decision_note = note.strip()
        open_report.save()
        record(
            action=f"report.{state.value}",
            subject=f"report:{open_report.pk}",
            actor=actor,
            note=note.strip(),
        )
        mail_reporter(report=open_report)
    report.refresh_from_db()
    return report


def _hide(report: Report, actor: User) -> None:
    if report.listing_id is not None:
        Listing.objects.filter(pk=report.listing_id).update(
            state=Listing.State.TAKEN_DOWN, version=F("version") + 1
        )
    elif report.post is not None:
        take_down_post(post=report.post, actor=actor)
    else:
        Shop.objects.filter(pk=report.shop_id, taken_down_at=None).update(taken_down_at=now())
