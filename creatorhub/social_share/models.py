"""Short links and the hits on them. Nothing here knows money."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creatorhub.accounts.models import Party
from creatorhub.shops.models import Listing, PostPage, Shop


class ShareLink(models.Model):
    """A short code that leads to a shop, a listing or a post, and remembers who shared it.

    It never holds an address, so it can never be an open redirect. `target` stays what it was when
    the listing or post is deleted; the link then leads to the shop.
    """

    class Target(models.TextChoices):
        SHOP = "shop", _("Shop")
        LISTING = "listing", _("Product")
        POST = "post", _("Post")

    code = models.CharField(max_length=16, unique=True, help_text="Crockford base 32, upper case")
    sharer = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="share_links"
    )
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="share_links")
    target = models.CharField(max_length=7, choices=Target.choices)
    listing = models.ForeignKey(
        Listing, null=True, blank=True, on_delete=models.SET_NULL, related_name="share_links"
    )
    post = models.ForeignKey(
        PostPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="share_links"
    )
    created_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(listing=None) | Q(target="listing"))
                & (Q(post=None) | Q(target="post")),
                name="link_has_one_target",
            ),
            models.UniqueConstraint(
                fields=["sharer", "shop"],
                condition=Q(target="shop"),
                nulls_distinct=False,
                name="one_shop_link_per_sharer",
            ),
            models.UniqueConstraint(
                fields=["sharer", "listing"],
                condition=Q(listing__isnull=False),
                nulls_distinct=False,
                name="one_listing_link_per_sharer",
            ),
            models.UniqueConstraint(
                fields=["sharer", "post"],
                condition=Q(post__isnull=False),
                nulls_distinct=False,
                name="one_post_link_per_sharer",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_sponsored(self) -> bool:
        """Somebody other than the shop shares it, and may earn: it must say so."""
        return self.sharer_id is not None and self.sharer_id != self.shop.owner_id


class Click(models.Model):
    """One hit on a link, of whatever class. No address of a person is kept."""

    class Klass(models.TextChoices):
        HUMAN = "human", _("Person")
        DUPLICATE = "duplicate", _("Same person again")
        PREVIEW = "preview", _("Preview by a network")
        BOT = "bot", _("Robot")
        PREFETCH = "prefetch", _("Loaded ahead by a browser")
        INTERNAL = "internal", _("The shop itself")
        SUSPICIOUS = "suspicious", _("Not a visit")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField(db_index=True)
    link = models.ForeignKey(ShareLink, on_delete=models.PROTECT, related_name="clicks")
    klass = models.CharField(max_length=10, choices=Klass.choices)
    reason = models.CharField(max_length=60, blank=True, help_text="Why it has this class")
    source = models.CharField(max_length=30, help_text="Network key: whatsapp, instagram, direct")
    referrer_host = models.CharField(max_length=120, blank=True)
    in_app = models.CharField(max_length=30, blank=True)
    device = models.CharField(max_length=10, blank=True)
    country = models.CharField(max_length=2, blank=True)
    is_qr = models.BooleanField(default=False)
    visitor_hash = models.CharField(max_length=32, blank=True, help_text="Salted by the day")

    class Meta:
        indexes = [models.Index(fields=["link", "at"], name="click_by_link")]

    def __str__(self) -> str:
        return f"{self.link} {self.klass}"


class DaySalt(models.Model):
    """The salt of one day's visitor hashes; deleted after 24 hours, and with it the way back."""

    on = models.DateField(unique=True)
    salt = models.BinaryField()

    def __str__(self) -> str:
        return str(self.on)


class ShareCard(models.Model):
    """A picture drawn for a preview. The key is the hash of everything that is drawn on it."""

    class Kind(models.TextChoices):
        PREVIEW = "preview"
        SQUARE = "square"
        STORY = "story"

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="cards")
    listing = models.ForeignKey(Listing, null=True, on_delete=models.CASCADE, related_name="cards")
    post = models.ForeignKey(PostPage, null=True, on_delete=models.CASCADE, related_name="cards")
    file = models.FileField(upload_to="cards/")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.key[:8]}"
