"""What must be sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.models import Line

from creatorhub.shops.models import Shop


class Fulfilment(models.Model):
    """One order line that a shop has to send, with the date it promised."""

    class State(models.TextChoices):
        TO_SEND = "to_send", _("To send")
        SENT = "sent", _("Sent")
        CANCELLED = "cancelled", _("Not to be sent")

    order_line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="fulfilment")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="fulfilments")
    state = models.CharField(max_length=9, choices=State.choices, default=State.TO_SEND)
    ship_by_on = models.DateField()
    carrier = models.CharField(max_length=60, blank=True)
    tracking_number = models.CharField(max_length=80, blank=True)
    tracking_url = models.URLField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    nudged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "offers"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="sent_fulfilment_has_its_moment",
            )
        ]
        indexes = [models.Index(fields=["state", "ship_by_on"], name="fulfilment_due")]

    def __str__(self) -> str:
        return f"{self.order_line}: {self.state}"
