"""The share kit as a page: whose link it is, and the pictures that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creatorhub.accounts.models import Party, User
from creatorhub.accounts.services import party_of
from creatorhub.affiliates.models import Enrolment, Programme
from creatorhub.affiliates.programmes import rate_of
from creatorhub.foundation.clock import now
from creatorhub.shops.models import Listing, PostPage, Shop
from creatorhub.social_share.cards.drawing import card_of
from creatorhub.social_share.cards.layouts import SIZES
from creatorhub.social_share.kit import ShareKit, share_kit
from creatorhub.social_share.models import ShareCard
from creatorhub.social_share.services import link_to
from creatorhub.social_share.subjects import Shared, shop_of_post

CARD_NAMES: dict[str, str | Promise] = {
    ShareCard.Kind.STORY: _("Story"),
    ShareCard.Kind.SQUARE: _("Square"),
    ShareCard.Kind.PREVIEW: _("Preview"),
}


class ForeignError(LookupError):
    """Nothing of this kind that this person may share."""


class NotAMemberError(Exception):
    """This person could earn here, and has not joined yet."""

    def __init__(self, join_path: str) -> None:
        super().__init__(join_path)
        self.join_path = join_path


@dataclass(frozen=True, slots=True)
class CardTile:
    """One picture to save; no address while it is being drawn."""

    name: str | Promise
    kind: str
    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class KitPage:
    """A kit, with what its owner earns: nothing for the shop itself."""

    kind: str
    kit: ShareKit
    rate_bps: int | None
    page_path: str

    @property
    def pk(self) -> int:
        return self.kit.subject.pk

    @property
    def page_of_kit(self) -> str:
        return reverse("studio:share", args=[self.kind, self.pk])

    @property
    def pictures_path(self) -> str:
        return reverse("studio:share_pictures", args=[self.kind, self.pk])


def kit_page(*, user: User, kind: str, pk: int, language: str) -> KitPage:
    """The kit of something visible, or of this person's own.

    ForeignError when there is nothing; NotAMemberError when joining comes first.
    """
    party = party_of(user=user)
    shared, shop = _find(kind, pk)
    is_own = shop.owner_id == party.pk
    if not is_own and not _is_visible(shared, shop):
        raise ForeignError(kind)
    member = _membership(party, shop)
    if not is_own and member is None:
        _invite(shared, shop)
    link = link_to(sharer=party if is_own or member else None, shared=shared)
    kit = share_kit(link, shared, language)
    rate_bps = rate_of(enrolment=member, at=now()) if member else None
    return KitPage(kind, kit, rate_bps, kit.subject.path(language))


def card_tiles(page: KitPage) -> list[CardTile]:
    """The story, square and preview pictures of a kit; asks for those not drawn yet."""
    return [_tile(page, kind) for kind in CARD_NAMES]


def _tile(page: KitPage, kind: str) -> CardTile:
    link = None if kind == ShareCard.Kind.PREVIEW else page.kit.link
    card = card_of(page.kit.subject, kind, link)
    url = reverse("social_share:card", args=[card.key]) if card else ""
    width, height = SIZES[ShareCard.Kind(kind)]
    return CardTile(CARD_NAMES[kind], kind, url, width, height)


def _find(kind: str, pk: int) -> tuple[Shared, Shop]:
    if kind in ("product", "listing"):
        listing = Listing.objects.filter(pk=pk).select_related("shop__owner").first()
        if listing is not None:
            return listing, listing.shop
    elif kind == "post":
        post = PostPage.objects.filter(pk=pk).select_related("listing__shop", "picture").first()
        if post is not None:
            return post, shop_of_post(post)
    elif kind == "shop":
        shop = Shop.objects.filter(pk=pk).select_related("owner", "cover", "avatar").first()
        if shop is not None:
            return shop, shop
    raise ForeignError(kind)


def _is_visible(shared: Shared, shop: Shop) -> bool:
    if not shop.is_visible:
        return False
    if isinstance(shared, Listing):
        return shared.is_published
    return True if isinstance(shared, Shop) else bool(shared.live)


def _membership(party: Party, shop: Shop) -> Enrolment | None:
    return (
        Enrolment.objects.filter(owner=party, programme__shop=shop, state=Enrolment.State.APPROVED)
        .select_related("programme")
        .first()
    )


def _invite(shared: Shared, shop: Shop) -> None:
    if not Programme.objects.filter(shop=shop, state=Programme.State.OPEN).exists():
        return
    path = reverse("studio:join", args=[shop.handle])
    if isinstance(shared, Listing):
        path = f"{path}?{urlencode({'product': shared.slug})}"
    raise NotAMemberError(path)
