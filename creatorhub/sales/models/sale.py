"""What was sold, to whom it belongs, why it waits."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.models import Line, Order

from creatorhub.money import Money
from creatorhub.shops.models import Listing, Shop


class Sale(models.Model):
    """One shop's part of one order that was paid, or that the shop itself collects."""

    class Collector(models.TextChoices):
        PROCESSOR = "processor", _("The market's payment provider")
        SHOP = "shop", _("The shop itself")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="sales")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="sales")
    currency = models.CharField(max_length=3)
    total_minor = models.BigIntegerField(help_text="What the buyer paid to this shop, shipping in")
    fee_minor = models.BigIntegerField()
    commission_minor = models.BigIntegerField()
    fee_bps = models.PositiveIntegerField(help_text="Frozen at the sale")
    refund_window_days = models.PositiveSmallIntegerField(help_text="Frozen at the sale")
    refund_words = models.TextField(blank=True, db_default="", help_text="Frozen at the sale")
    refunds_shipping = models.BooleanField(
        default=False, db_default=False, help_text="Frozen at the sale"
    )
    buyer_note = models.CharField(max_length=500, blank=True)
    collected_by = models.CharField(
        max_length=9, choices=Collector.choices, default=Collector.PROCESSOR
    )
    sold_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "shop"], name="one_sale_per_shop_and_order")
        ]
        indexes = [models.Index(fields=["shop", "-sold_at"], name="sale_of_shop")]

    def __str__(self) -> str:
        return f"{self.order.number} at {self.shop}"

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)

    @property
    def is_collected_by_shop(self) -> bool:
        """The buyer's money never passes the market: what it is owed of it is the shop's debt."""
        return self.collected_by == self.Collector.SHOP


class SaleLine(models.Model):
    """One line of a sale, or its shipping: fee + commission + net = base, always.

    Held until every hold on it has ended; then what is left of net and commission is released.
    """

    class Kind(models.TextChoices):
        ITEM = "item", _("Item")
        SHIPPING = "shipping", _("Shipping")

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.ITEM)
    order_line = models.OneToOneField(
        Line, null=True, blank=True, on_delete=models.PROTECT, related_name="sale_line"
    )
    listing = models.ForeignKey(
        Listing, null=True, blank=True, on_delete=models.PROTECT, related_name="sale_lines"
    )
    title = models.CharField(max_length=255)
    quantity = models.PositiveIntegerField(default=1)
    base_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    commission_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    refunded_quantity = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Pieces that were given back"
    )
    fee_reversed_minor = models.BigIntegerField(default=0)
    commission_reversed_minor = models.BigIntegerField(default=0)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(base_minor__gte=F("fee_minor") + F("commission_minor")),
                name="sale_line_shares_fit_its_base",
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("base_minor")),
                name="sale_line_refunded_at_most_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    fee_reversed_minor__gte=0,
                    fee_reversed_minor__lte=F("fee_minor"),
                    commission_reversed_minor__gte=0,
                    commission_reversed_minor__lte=F("commission_minor"),
                ),
                name="sale_line_reversed_at_most_once",
            ),
            models.CheckConstraint(
                condition=Q(refunded_quantity__lte=F("quantity")),
                name="sale_line_pieces_refunded_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="shipping") | Q(order_line__isnull=False),
                name="item_line_has_its_order_line",
            ),
            models.UniqueConstraint(
                fields=["sale"], condition=Q(kind="shipping"), name="one_shipping_line_per_sale"
            ),
        ]
        indexes = [
            models.Index(
                fields=["sale"], name="sale_line_unreleased", condition=Q(released_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def item(self) -> Line:
        """The order line that was bought; shipping is of none."""
        if self.order_line is None:
            raise ValueError(f"{self} is shipping")
        return self.order_line

    @property
    def base(self) -> Money:
        return Money(self.base_minor, self.sale.currency)

    @property
    def net_minor(self) -> int:
        """The shop's own share as sold."""
        return self.base_minor - self.fee_minor - self.commission_minor

    @property
    def net_reversed_minor(self) -> int:
        return self.refunded_minor - self.fee_reversed_minor - self.commission_reversed_minor

    @property
    def remaining(self) -> Money:
        """What can still be given back of this line."""
        return Money(self.base_minor - self.refunded_minor, self.sale.currency)

    @property
    def pieces_left(self) -> int:
        """How many pieces were not given back."""
        return self.quantity - self.refunded_quantity

    @property
    def net_left(self) -> Money:
        """The shop's share after what was given back."""
        return Money(self.net_minor - self.net_reversed_minor, self.sale.currency)

    @property
    def commission_left(self) -> Money:
        """The affiliate's share after what was given back."""
        left = self.commission_minor - self.commission_reversed_minor
        return Money(left, self.sale.currency)

    @property
    def is_refunded(self) -> bool:
        return self.refunded_minor == self.base_minor and self.base_minor > 0


class Hold(models.Model):
    """Why a sale line's money waits. Several may be open; all must end before release."""

    sale_line = models.ForeignKey(SaleLine, on_delete=models.PROTECT, related_name="holds")
    reason_code = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    expected_until = models.DateTimeField(help_text="Shown to people; a clock hold ends here")
    ends_by_clock = models.BooleanField(help_text="False: an event ends it, e.g. sending")
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sale_line", "reason_code"],
                condition=Q(closed_at=None),
                name="one_open_hold_per_reason",
            )
        ]
        indexes = [
            models.Index(fields=["expected_until"], name="hold_due", condition=Q(closed_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.sale_line}: {self.reason_code}"
