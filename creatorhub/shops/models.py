"""Shops, their listings and what hangs on them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.models import Product
from oscar.apps.partner.models import Partner
from wagtail.images.models import Image
from wagtail.models import Collection

from creatorhub.accounts.models import Party
from creatorhub.money import Money
from creatorhub.shops.pages import PostPage, ShopPage

__all__ = [
    "HandleHistory",
    "ImportRun",
    "Listing",
    "ListingPicture",
    "PostPage",
    "Shop",
    "ShopPage",
    "Variant",
]

hex_colour = RegexValidator(r"^#[0-9a-f]{6}$", _("A colour looks like #0f5a52."))


class Shop(models.Model):
    """One shop: a seller in Oscar (partner), a page in Wagtail (page), money in one currency."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    handle = models.CharField(
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9_.-]{1,28}[a-z0-9]$")],
    )
    handle_skeleton = models.CharField(
        max_length=60,
        unique=True,
        editable=False,
        help_text="What the handle looks like to an eye: no two shops look alike",
    )
    name = models.CharField(max_length=80)
    tagline = models.CharField(max_length=140, blank=True)
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="shops")
    partner = models.OneToOneField(Partner, on_delete=models.PROTECT, related_name="shop")
    editors = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="shop", help_text="Who may open its pages"
    )
    collection = models.OneToOneField(
        Collection, on_delete=models.PROTECT, related_name="shop", help_text="Its pictures"
    )
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    is_instance = models.BooleanField(default=False, help_text="The shop of the market itself")
    language = models.CharField(max_length=5, default="ar", help_text="Its content's language")
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    brand_colour = models.CharField(max_length=7, default="#0f5a52", validators=[hex_colour])
    avatar = models.ForeignKey(
        Image, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cover = models.ForeignKey(
        Image, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shipping_flat_minor = models.BigIntegerField(default=0)
    shipping_free_above_minor = models.BigIntegerField(null=True, blank=True)
    ship_within_days = models.PositiveSmallIntegerField(default=5)
    refund_window_days = models.PositiveSmallIntegerField(default=14)
    refund_words = models.TextField(
        blank=True, db_default="", help_text="How this shop gives money back, in its own words"
    )
    refunds_shipping = models.BooleanField(
        default=False, db_default=False, help_text="Also when the buyer only changed their mind"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shipping_flat_minor__gte=0), name="shop_shipping_not_negative"
            ),
            models.UniqueConstraint(
                fields=["is_instance"], condition=Q(is_instance=True), name="one_instance_shop"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("storefront:shop", args=[self.handle])

    @property
    def is_visible(self) -> bool:
        return self.state == self.State.OPEN and self.taken_down_at is None

    @property
    def shipping_flat(self) -> Money:
        return Money(self.shipping_flat_minor, self.currency)

    @property
    def shipping_free_above(self) -> Money | None:
        if self.shipping_free_above_minor is None:
            return None
        return Money(self.shipping_free_above_minor, self.currency)


class HandleHistory(models.Model):
    """An old handle, reserved for its shop for 180 days and redirected."""

    handle = models.CharField(max_length=30, unique=True)
    handle_skeleton = models.CharField(max_length=60)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="old_handles")
    reserved_until = models.DateTimeField()

    def __str__(self) -> str:
        return self.handle


class Listing(models.Model):
    """What a shop offers in one way to earn; one-to-one to Oscar's standalone or parent."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")
        TAKEN_DOWN = "taken_down", _("Taken down")

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="listings")
    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="listing")
    way = models.CharField(max_length=40, help_text="Key in creatorhub.offers' registry")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    slug = models.SlugField(max_length=120, allow_unicode=True)
    title = models.CharField(max_length=200)
    lead = models.CharField(max_length=240, blank=True)
    description = models.TextField(blank=True, help_text="HTML, cleaned on save and on render")
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=80, blank=True, help_text="The maker's own word: Bracelet")
    tags: models.JSONField[Any] = models.JSONField(default=list)
    import_handle = models.CharField(
        max_length=255, blank=True, help_text="The product's handle in the file it came from"
    )
    version = models.PositiveIntegerField(default=1, help_text="Raised at each change, for caches")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    search_text = SearchVectorField(null=True, editable=False)
    search_trigrams: ArrayField[Any, Any] = ArrayField(
        models.CharField(max_length=3), default=list, editable=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "import_handle"],
                condition=~Q(import_handle=""),
                name="listing_imported_once",
            ),
            models.UniqueConstraint(fields=["shop", "slug"], name="listing_slug_once_per_shop"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="published_listing_has_its_date",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_text"], name="listing_search"),
            # pg_trgm is not in every PostgreSQL we run on, so the trigrams are rows of our own.
            GinIndex(fields=["search_trigrams"], name="listing_trigrams"),
            models.Index(fields=["state", "-published_at"], name="listing_newest"),
            models.Index(fields=["shop", "state", "-published_at"], name="listing_of_shop"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("storefront:product", args=[self.shop.handle, self.slug])

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED


class Variant(models.Model):
    """What is bought: one option combination, one-to-one to Oscar's standalone or child product.

    Price and stock live in Oscar's stock record of that product; `num_in_stock` None there means
    untracked (never sold out).
    """

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="variants")
    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="variant")
    options: models.JSONField[Any] = models.JSONField(
        default=dict, help_text='{"Colour": "Blue"}; empty for the only one'
    )
    position = models.PositiveSmallIntegerField(default=0)
    compare_at_minor = models.BigIntegerField(null=True, blank=True)
    grams = models.PositiveIntegerField(default=0)
    is_offered = models.BooleanField(default=True, help_text="False once removed from the editor")
    import_key = models.CharField(max_length=400, blank=True, help_text="handle + options")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "import_key"],
                condition=~Q(import_key=""),
                name="variant_imported_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return " / ".join(str(value) for value in self.options.values())


class ListingPicture(models.Model):
    """A picture of a listing, in order. Renditions are made when it is added, never on a visit."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey(
        Variant, null=True, blank=True, on_delete=models.SET_NULL, related_name="pictures"
    )
    alt = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    source_url = models.CharField(max_length=500, blank=True, help_text="Where an import saw it")
    is_drawn = models.BooleanField(default=False, help_text="Drawn because none could be fetched")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.listing}: {self.position}"


class ImportRun(models.Model):
    """One CSV import: dry run, report, and progress that survives leaving the page."""

    class State(models.TextChoices):
        CHECKED = "checked"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="imports")
    filename = models.CharField(max_length=200)
    content = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.CHECKED)
    products_total = models.PositiveIntegerField(default=0)
    products_done = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    problems: models.JSONField[Any] = models.JSONField(
        default=list, help_text='[{"row": 3, "column": "Variant Price", "code": …, "value": …}]'
    )
    pictures_total = models.PositiveIntegerField(default=0)
    pictures_done = models.PositiveIntegerField(default=0)
    pictures_drawn = models.PositiveIntegerField(default=0, help_text="Of pictures_done")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_over(self) -> bool:
        """Nothing more happens by itself: products are done and so are their pictures."""
        return self.state == self.State.FAILED or (
            self.state == self.State.DONE and self.pictures_done >= self.pictures_total
        )
