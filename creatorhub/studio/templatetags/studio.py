"""What studio and sign-in templates may ask for themselves."""

from __future__ import annotations

from typing import Any

from django import template

from creatorhub.operations.demo_logins import DemoLogin, demo_logins
from creatorhub.shops.models import Shop
from creatorhub.studio.current_shop import find_current_shop, shops_of

register = template.Library()


@register.simple_tag(name="demo_logins")
def demo_logins_tag() -> list[DemoLogin]:
    """The ready logins of a sandbox."""
    return demo_logins()


@register.simple_tag(takes_context=True)
def studio_shop(context: template.Context) -> Shop | None:
    """The shop the studio shows now."""
    request: Any = context.get("request")
    return find_current_shop(request) if request else None


@register.simple_tag(takes_context=True)
def studio_shops(context: template.Context) -> list[Shop]:
    """Every shop of the person signed in."""
    request: Any = context.get("request")
    return list(shops_of(request.user)) if request else []
