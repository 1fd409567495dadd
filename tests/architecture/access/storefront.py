"""The storefront is everybody's; only the list of one's own things needs an account."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ROWS = {
    "storefront:market": Row(get=Who.EVERYONE),
    "storefront:search": Row(get=Who.EVERYONE),
    "storefront:earn": Row(get=Who.EVERYONE),
    "storefront:shop": Row(args=("shop.handle",), get=Who.EVERYONE),
    "storefront:product": Row(args=("shop.handle", "listing.slug"), get=Who.EVERYONE),
    "storefront:post": Row(args=("shop.handle", "post.slug"), get=Who.EVERYONE),
    "storefront:basket": Row(get=Who.EVERYONE),
    "storefront:basket_add": Row(post=Who.EVERYONE),
    "storefront:basket_change": Row(post=Who.EVERYONE),
    "storefront:checkout": Row(get=Who.EVERYONE, post=Who.EVERYONE),
    # Whoever has the token is the buyer: no role knows it, every role that does is answered.
    "storefront:order": Row(args=("checkout.token",), get=Who.EVERYONE),
    "storefront:order_email": Row(args=("checkout.token",), post=Who.EVERYONE),
    "storefront:checkout_return": Row(
        args=("checkout.token",), get=Who.EVERYONE, post=Who.EVERYONE
    ),
    "storefront:library": Row(get=Who.SIGNED_IN),
    "storefront:grant": Row(args=("grant.token",), get=Who.EVERYONE),
    "storefront:download": Row(args=("grant.token", "file.pk"), get=Who.EVERYONE),
}
