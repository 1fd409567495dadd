"""Somebody whose money waits asks staff to look again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creatorhub.accounts.models import Party
from creatorhub.payouts.models import PayeeHold
from creatorhub.sales.models.dispute import SaleFreeze


class Appeal(models.Model):
    """Against one hold of a payee, or one frozen sale. It has a deadline and gets an answer."""

    class State(models.TextChoices):
        OPEN = "open", _("Being read")
        LIFTED = "lifted", _("The hold was ended")
        UPHELD = "upheld", _("The hold stays")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="appeals")
    payee_hold = models.ForeignKey(
        PayeeHold, null=True, blank=True, on_delete=models.PROTECT, related_name="appeals"
    )
    sale_freeze = models.ForeignKey(
        SaleFreeze, null=True, blank=True, on_delete=models.PROTECT, related_name="appeals"
    )
    text = models.TextField(max_length=4000)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["answer_by", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(payee_hold__isnull=True, sale_freeze__isnull=False)
                | Q(payee_hold__isnull=False, sale_freeze__isnull=True),
                name="appeal_is_against_one_hold",
            ),
            models.UniqueConstraint(
                fields=["party", "payee_hold"],
                condition=Q(state="open"),
                name="one_open_appeal_per_payee_hold",
            ),
            models.UniqueConstraint(
                fields=["party", "sale_freeze"],
                condition=Q(state="open"),
                name="one_open_appeal_per_freeze",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.state}"
