"""Opening a shop: a seller in Oscar, a page in Wagtail, and the rights to edit it."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from oscar.apps.partner.models import Partner
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
)

from creatorhub.accounts.models import Party, User
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.money import currency_facts
from creatorhub.shops.handles import HandleError, check_handle, skeleton
from creatorhub.shops.models import Shop, ShopPage

PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
PICTURE_RIGHTS = ("add_image", "change_image", "choose_image")


@transaction.atomic
def open_shop(
    *,
    owner: Party,
    name: str,
    handle: str,
    country: str,
    currency: str,
    language: str,
    brand_colour: str = "#0f5a52",
    tagline: str = "",
) -> Shop:
    """A shop that can sell at once. HandleError when the handle cannot be given.

    Everything or nothing: partner, group, collection, shop and page are one transaction.
    """
    currency_facts(currency)
    handle = check_handle(handle=handle)
    rules = policy()
    shop = Shop(
        handle=handle,
        handle_skeleton=skeleton(handle),
        name=name.strip(),
        tagline=tagline.strip(),
        owner=owner,
        partner=Partner.objects.create(name=name.strip()),
        editors=Group.objects.create(name=f"@{handle} {secrets.token_hex(4)}"),
        collection=_collection(handle),
        language=language,
        country=country,
        currency=currency,
        brand_colour=brand_colour,
        refund_window_days=rules.refund_window_days,
        ship_within_days=rules.ship_within_days,
        opened_at=now(),
    )
    shop.clean_fields()
    try:
        with transaction.atomic():
            shop.save(force_insert=True)
    except IntegrityError as error:  # Somebody took the handle between the check and now.
        raise HandleError(_("This name has just been taken. Choose another one.")) from error
    _give_rights(shop, _shop_page(shop))
    record(action="shop.opened", subject=f"shop:{shop.pk}", actor=owner.user, handle=handle)
    return shop


def let_edit(*, shop: Shop, user: User) -> None:
    """Give a person the editor's rights over this shop's page, posts and pictures."""
    user.groups.add(shop.editors)


def _collection(handle: str) -> Collection:
    # treebeard counts children outside the database; one shop at a time is added under the root.
    root = Collection.objects.select_for_update().get(depth=1)
    collection: Collection = root.add_child(name=f"@{handle}")
    return collection


def _shop_page(shop: Shop) -> ShopPage:
    root_id = Site.objects.values_list("root_page_id", flat=True).get(is_default_site=True)
    root = Page.objects.select_for_update().get(pk=root_id)
    page = ShopPage(title=shop.name, slug=f"shop-{shop.pk}", shop=shop, owner=shop.owner.user)
    root.add_child(instance=page)
    page.save_revision(user=shop.owner.user).publish()
    return page


def _give_rights(shop: Shop, page: ShopPage) -> None:
    shop.editors.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in Permission.objects.filter(
        codename__in=PAGE_RIGHTS, content_type__app_label="wagtailcore"
    ):
        GroupPagePermission.objects.create(group=shop.editors, page=page, permission=right)
    for right in Permission.objects.filter(
        codename__in=PICTURE_RIGHTS, content_type__app_label="wagtailimages"
    ):
        GroupCollectionPermission.objects.create(
            group=shop.editors, collection=shop.collection, permission=right
        )
    if shop.owner.user is not None:
        let_edit(shop=shop, user=shop.owner.user)
