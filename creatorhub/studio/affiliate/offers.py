"""What a programme offers to somebody who thinks about sharing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from creatorhub.affiliates.models import Programme
from creatorhub.affiliates.selectors import open_programmes
from creatorhub.foundation.policy import policy
from creatorhub.money import RATE_WHOLE_BPS, Money
from creatorhub.shops.models import Listing, Shop
from creatorhub.shops.selectors import ListingCard, listing_cards, published_listings


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme with the product that led to it, or some of its products."""

    programme: Programme
    listing: Listing | None
    cards: list[ListingCard]

    @property
    def shop(self) -> Shop:
        return self.programme.shop

    @property
    def hold_days(self) -> int:
        """How long a commission waits after payment or sending, as this shop's sales do."""
        return max(self.shop.refund_window_days, policy().minimum_hold_days)

    @property
    def example_price(self) -> Money:
        """The product's price, or 100 of the shop's currency."""
        if self.listing is not None and self.cards and self.cards[0].price:
            return self.cards[0].price
        return hundred(self.shop.currency)

    @property
    def example_earning(self) -> Money:
        return self.example_price.at_rate(self.programme.rate_bps)

    @property
    def kit_path(self) -> str:
        if self.listing is not None:
            return reverse("studio:share", args=["product", self.listing.pk])
        return reverse("studio:share", args=["shop", self.shop.pk])


@dataclass(frozen=True, slots=True)
class Parts:
    """What becomes of a sale of 100."""

    price: Money
    fee: Money
    affiliate: Money

    @property
    def shop(self) -> Money:
        return self.price - self.fee - self.affiliate


def hundred(currency: str) -> Money:
    """100.00 of a currency."""
    facts = Money.zero(currency)
    return Money(100 * 10**facts.exponent, currency)


def parts_of_hundred(currency: str, rate_bps: int) -> Parts:
    """The market's fee, the affiliate's commission and the rest of 100; never less than nothing."""
    price = hundred(currency)
    fee_bps = policy().platform_fee_bps
    rate_bps = max(0, min(rate_bps, RATE_WHOLE_BPS - fee_bps))
    return Parts(price, price.at_rate(fee_bps), price.at_rate(rate_bps))


def offers(programmes: Iterable[Programme]) -> list[Offer]:
    """Programmes with their newest products."""
    return [Offer(programme, None, _some_cards(programme.shop)) for programme in programmes]


def find_offer(*, handle: str, product: str) -> Offer | None:
    """The open programme of a shop; with the product that led to it when it is on sale there."""
    programme = open_programmes().filter(shop__handle=handle.lower()).first()
    if programme is None:
        return None
    listings = published_listings().filter(shop=programme.shop, slug=product)
    listing = listings.select_related("shop").first() if product else None
    cards = listing_cards(listings) if listing else _some_cards(programme.shop)
    return Offer(programme, listing, cards)


def _some_cards(shop: Shop) -> list[ListingCard]:
    newest = published_listings().filter(shop=shop).values("pk")[:3]
    return listing_cards(
        published_listings().filter(pk__in=list(newest.values_list("pk", flat=True)))
    )
