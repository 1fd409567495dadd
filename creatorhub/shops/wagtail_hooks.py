"""What Wagtail's editor shows to creators: their own shop's pages and pictures, nothing else."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.images.models import Image
from wagtail.models import Page

from creatorhub.shops.models import Shop

# What is left of Wagtail's main menu for somebody who only writes.
_MENU_OF_CREATORS = frozenset({"explorer", "images"})


def own_shops(user: Any) -> QuerySet[Shop]:
    """The shops whose pages this person may edit."""
    return Shop.objects.filter(editors__in=user.groups.all()).select_related("page")


def own_pages(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """Pages of this person's shops."""
    if user.is_superuser:
        return pages
    mine = Q(pk__in=[])
    for shop in own_shops(user):
        mine |= Q(path__startswith=shop.page.path)
    return pages.filter(mine)


def with_the_way_there(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """Own pages, and those one walks through to reach them."""
    if user.is_superuser:
        return pages
    ways = Q(depth__lte=2)
    for shop in own_shops(user):
        ways |= Q(path__startswith=shop.page.path)
    return pages.filter(ways)


def choose_own_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return own_pages(pages, request.user)


def explore_own_pages(
    parent_page: Page, pages: QuerySet[Page], request: HttpRequest
) -> QuerySet[Page]:
    return with_the_way_there(pages, request.user)


def own_images(images: QuerySet[Image], user: Any) -> QuerySet[Image]:
    """Pictures of this person's shops."""
    if user.is_superuser:
        return images
    return images.filter(collection__in=own_shops(user).values("collection"))


def choose_own_images(images: QuerySet[Image], request: HttpRequest) -> QuerySet[Image]:
    return own_images(images, request.user)


def short_menu(request: HttpRequest, menu_items: list[Any]) -> None:
    user: Any = request.user
    if not user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name in _MENU_OF_CREATORS]


def no_menu(request: HttpRequest, menu_items: list[Any]) -> None:
    user: Any = request.user
    if not user.is_superuser:
        menu_items[:] = []


def quiet_home(request: HttpRequest, panels: list[Any]) -> None:
    """Wagtail's front page counts every page and picture of the market; creators see none of it."""
    user: Any = request.user
    if not user.is_superuser:
        panels[:] = []


hooks.register("construct_page_chooser_queryset", choose_own_pages)
hooks.register("construct_explorer_page_queryset", explore_own_pages)
hooks.register("construct_image_chooser_queryset", choose_own_images)
hooks.register("construct_main_menu", short_menu)
hooks.register("construct_settings_menu", no_menu)
hooks.register("construct_reports_menu", no_menu)
hooks.register("construct_help_menu", no_menu)
hooks.register("construct_homepage_panels", quiet_home)
hooks.register("construct_homepage_summary_items", quiet_home)
