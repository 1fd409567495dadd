"""Joining a programme and leaving it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from creatorhub.accounts.models import Party
from creatorhub.affiliates.errors import ProgrammeError
from creatorhub.affiliates.models import Enrolment, Programme
from creatorhub.foundation.clock import now
from creatorhub.shops.models import Shop


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
