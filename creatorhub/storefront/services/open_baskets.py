"""The open baskets of one visitor: one per currency, the one in use first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import DEFAULT_DB_ALIAS
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from oscar.apps.basket.models import Basket, Line

from creatorhub.accounts.models import User
from creatorhub.shops.oscar import Selector

# More than anyone needs, few enough that a forged wish for thousands costs nothing.
MOST_BASKETS = 8
_signer = Signer(salt="storefront.baskets")


@dataclass
class OpenBasket:
    """A basket with what must be known of it without reading its lines."""

    basket: Basket
    currency: str | None
    items: int


class OpenBaskets:
    """Reads a visitor's baskets once, when first asked, and remembers which one is in use.

    Nothing is read for a visitor without a cookie and an account, and nothing is written until
    something is put into a basket. `to_remember()` is the cookie's next value.
    """

    def __init__(self, *, user: User | None, remembered: str) -> None:
        self.user = user
        self._remembered = remembered
        self._baskets: list[OpenBasket] | None = None

    @property
    def were_read(self) -> bool:
        return self._baskets is not None

    @property
    def all(self) -> list[OpenBasket]:
        if self._baskets is None:
            self._baskets = self._read()
        return self._baskets

    @property
    def current(self) -> OpenBasket:
        """The basket in use; an unsaved empty one when there is none."""
        if not self.all:
            self.all.append(OpenBasket(_priced(Basket(owner=self.user)), None, 0))
        return self.all[0]

    @property
    def count(self) -> int:
        """Items in the basket in use."""
        return self.all[0].items if self.all else 0

    @property
    def is_empty(self) -> bool:
        """Whether there is no basket at all, not even an empty one."""
        return not any(basket.basket.pk for basket in self.all)

    @property
    def others(self) -> list[OpenBasket]:
        """Baskets in other currencies that hold something."""
        return [basket for basket in self.all[1:] if basket.items]

    def named(self, basket_id: int) -> Basket | None:
        """The visitor's basket with this id; a guest's is known by the cookie, without reading."""
        if self.user is not None or self.were_read:
            return next((one.basket for one in self.all if one.basket.pk == basket_id), None)
        if basket_id not in _ids_in(self._remembered):
            return None
        return _priced(Basket.from_db(DEFAULT_DB_ALIAS, ["id"], [basket_id]))

    def turn_to(self, basket_id: int | None) -> None:
        """Use this basket from now on, if it is one of the visitor's."""
        for basket in self.all:
            if basket.basket.pk == basket_id:
                self.use(basket)
                return

    def use(self, basket: OpenBasket) -> None:
        """Make this the basket in use."""
        rest = [other for other in self.all if other is not basket]
        self._baskets = [basket, *rest]

    def holding(self, currency: str) -> OpenBasket | None:
        """The visitor's basket in this currency, if there is one."""
        return next((basket for basket in self.all if basket.currency == currency), None)

    def start(self) -> OpenBasket:
        """A new empty basket, in use from now on."""
        fresh = OpenBasket(_priced(Basket(owner=self.user)), None, 0)
        self.use(fresh)
        return fresh

    def adopt(self, basket: Basket, *, currency: str) -> None:
        """Use a basket made elsewhere, such as the copy of an order that was not paid."""
        self.use(OpenBasket(_priced(basket), currency, basket.num_items))

    def drop(self, basket_id: int) -> None:
        """Forget a basket that became an order; reading would not find it open any more."""
        if self._baskets is not None:
            self._baskets = [one for one in self._baskets if one.basket.pk != basket_id]

    def to_remember(self) -> str:
        """What the cookie should say; empty when the account alone is enough."""
        ids = [str(basket.basket.pk) for basket in self.all if basket.basket.pk]
        if not ids or (self.user is not None and len(ids) == 1):
            return ""
        return _signer.sign("-".join(ids[:MOST_BASKETS]))

    def _read(self) -> list[OpenBasket]:
        ids = _ids_in(self._remembered)
        if self.user is None:
            return _in_order(_open(Q(pk__in=ids, owner=None)), ids) if ids else []
        mine = Q(owner=self.user)
        found = _in_order(_open(mine | Q(pk__in=ids, owner=None) if ids else mine), ids)
        return _claimed(found, owner=self.user)


def _ids_in(remembered: str) -> list[int]:
    if not remembered:
        return []
    try:
        return [int(part) for part in _signer.unsign(remembered).split("-")][:MOST_BASKETS]
    except (BadSignature, ValueError):
        return []


def _open(condition: Q) -> QuerySet[Any]:
    lines = Line.objects.filter(basket=OuterRef("pk")).order_by()
    found: QuerySet[Any] = (
        Basket.objects.filter(condition, status=Basket.OPEN)
        .annotate(
            held_currency=Subquery(lines.values("price_currency")[:1]),
            held_items=Coalesce(
                Subquery(lines.values("basket").annotate(n=Sum("quantity")).values("n")), 0
            ),
        )
        .order_by("-id")[:MOST_BASKETS]
    )
    return found


def _in_order(found: QuerySet[Any], ids: Sequence[int]) -> list[OpenBasket]:
    place = {basket_id: index for index, basket_id in enumerate(ids)}
    baskets = sorted(found, key=lambda basket: place.get(basket.pk, len(place)))
    return [OpenBasket(_priced(row), row.held_currency, row.held_items) for row in baskets]


def _claimed(found: list[OpenBasket], *, owner: User) -> list[OpenBasket]:
    """Give baskets filled before signing in to the account, one per currency."""
    kept: list[OpenBasket] = [basket for basket in found if basket.basket.owner_id == owner.pk]
    for basket in found:
        if basket.basket.owner_id == owner.pk:
            continue
        twin = next((mine for mine in kept if mine.currency == basket.currency), None)
        if twin is None:
            basket.basket.owner = owner
            basket.basket.save(update_fields=["owner"])
            kept.insert(0, basket)
        else:
            twin.basket.merge(basket.basket, add_quantities=False)
            twin.items = twin.basket.num_items
            kept = [twin, *(other for other in kept if other is not twin)]
    return kept


def _priced(basket: Basket) -> Basket:
    basket.strategy = Selector().strategy()
    return basket
