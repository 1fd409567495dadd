"""The book beside the processor's own word, once a day."""

from __future__ import annotations

from django.db import models

from creatorhub.money import Money


class BalanceCheck(models.Model):
    """One currency on one day. `in_flight` left the book already and the processor not yet."""

    on = models.DateField()
    currency = models.CharField(max_length=3)
    book_minor = models.BigIntegerField()
    in_flight_minor = models.BigIntegerField()
    processor_minor = models.BigIntegerField()
    checked_at = models.DateTimeField()
    alerted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["on", "currency"], name="balance_checked_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.currency} on {self.on}"

    @property
    def book(self) -> Money:
        return Money(self.book_minor, self.currency)

    @property
    def in_flight(self) -> Money:
        return Money(self.in_flight_minor, self.currency)

    @property
    def processor(self) -> Money:
        return Money(self.processor_minor, self.currency)

    @property
    def difference(self) -> Money:
        """What the processor has beyond what the book explains; zero when all is well."""
        return self.processor - self.book - self.in_flight
