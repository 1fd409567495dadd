"""Orders whose money goes from the buyer straight to the shop: at the door, or by transfer."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creatorhub.money import Money
from creatorhub.sales.models.checkout import Checkout
from creatorhub.sales.models.refund import Refund
from creatorhub.shops.models import Shop


def private_storage() -> Storage:
    """Receipts show names and accounts: no web server reaches them."""
    return storages["private"]


class OfflineTerms(models.Model):
    """How a shop takes money itself. Without a row it does not."""

    shop = models.OneToOneField(Shop, on_delete=models.PROTECT, related_name="offline_terms")
    takes_cash = models.BooleanField(default=False)
    cash_from_minor = models.BigIntegerField(null=True, blank=True)
    cash_up_to_minor = models.BigIntegerField(null=True, blank=True)
    takes_transfers = models.BooleanField(default=False)
    account_holder = models.CharField(max_length=120, blank=True)
    bank_name = models.CharField(max_length=120, blank=True, help_text="Or the wallet's name")
    account = models.CharField(
        max_length=60, blank=True, help_text="IBAN, account number or the wallet's number"
    )
    transfer_note = models.CharField(max_length=300, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_reason = models.CharField(max_length=60, blank=True, help_text="A reason code")

    class Meta:
        verbose_name_plural = "offline terms"
        constraints = [
            models.CheckConstraint(
                condition=Q(cash_from_minor__isnull=True) | Q(cash_from_minor__gte=0),
                name="cash_from_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(cash_up_to_minor__isnull=True)
                | Q(cash_from_minor__isnull=True)
                | Q(cash_up_to_minor__gte=F("cash_from_minor")),
                name="cash_up_to_at_least_from",
            ),
            models.CheckConstraint(
                condition=Q(takes_transfers=False) | ~Q(account=""),
                name="transfers_go_to_an_account",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True) | ~Q(paused_reason=""),
                name="paused_terms_say_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shop}: cash {self.takes_cash}, transfers {self.takes_transfers}"

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

    @property
    def account_lines(self) -> list[str]:
        """Where a buyer transfers to, as it is shown and frozen."""
        lines = (self.account_holder, self.bank_name, self.account, self.transfer_note)
        return [line for line in lines if line]


class CashOrder(models.Model):
    """An order that its shop collects. Who has to act next, and until when."""

    class Way(models.TextChoices):
        CASH = "cash_on_delivery", _("Cash on delivery")
        TRANSFER = "bank_transfer", _("Bank transfer or wallet")

    class State(models.TextChoices):
        TO_COLLECT = "to_collect", _("To be paid on delivery")
        AWAITING = "awaiting", _("Waiting for the transfer")
        RECEIPT = "receipt", _("The receipt is here")
        NOT_RECEIVED = "not_received", _("Not received yet")
        COLLECTED = "collected", _("Paid to the shop")
        REFUSED = "refused", _("Not taken")
        EXPIRED = "expired", _("Ended unpaid")

    checkout = models.OneToOneField(Checkout, on_delete=models.PROTECT, related_name="cash")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="cash_orders")
    way = models.CharField(max_length=16, choices=Way.choices)
    state = models.CharField(max_length=12, choices=State.choices)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    account_lines: models.JSONField[list[str]] = models.JSONField(
        default=list, blank=True, help_text="Where the buyer was told to transfer, frozen"
    )
    answer_by = models.DateTimeField(help_text="Until when the next side has to act")
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True, help_text="The shop's last word")
    reason_code = models.CharField(max_length=60, blank=True, help_text="Why it was not taken")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    collected_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="When the shop had paid what it owed for it"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="cash_order_of_money"),
            models.CheckConstraint(
                condition=Q(state="collected", collected_at__isnull=False)
                | ~Q(state="collected") & Q(collected_at__isnull=True),
                name="collected_order_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason_code=""),
                name="refused_order_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "state"], name="cash_order_of_shop"),
            models.Index(
                fields=["answer_by"], name="cash_order_due", condition=Q(escalated_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checkout}: {self.state}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.state in OPEN_STATES

    @property
    def is_escalated(self) -> bool:
        return self.is_open and self.escalated_at is not None


OPEN_STATES = (
    CashOrder.State.TO_COLLECT,
    CashOrder.State.AWAITING,
    CashOrder.State.RECEIPT,
    CashOrder.State.NOT_RECEIVED,
)


class TransferReceipt(models.Model):
    """What a buyer sent to show that they paid: a picture, words, or both."""

    cash_order = models.ForeignKey(CashOrder, on_delete=models.PROTECT, related_name="receipts")
    picture = models.FileField(
        storage=private_storage, upload_to="receipts/", max_length=200, blank=True
    )
    note = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(picture="") | ~Q(note=""), name="receipt_shows_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cash_order} at {self.sent_at}"


class HandRefund(models.Model):
    """A refund that the shop hands to the buyer itself; the buyer may say that it did not come."""

    refund = models.OneToOneField(Refund, on_delete=models.PROTECT, related_name="by_hand")
    given_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=200, blank=True, help_text="The shop's words")
    answer_by = models.DateTimeField(help_text="Until when the shop has to have given it")
    reminded_at = models.DateTimeField(null=True, blank=True)
    contested_at = models.DateTimeField(null=True, blank=True)
    contest_note = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.refund} by hand"
