"""What people who share may open: their own links, everybody's offers."""

from __future__ import annotations

from tests.architecture.access import Row, Who

KIT = ("=product", "listing.pk")

ROWS = {
    "studio:affiliate_home": Row(get=Who.SIGNED_IN),
    "studio:links": Row(get=Who.SIGNED_IN),
    "studio:link": Row(args=("link.code",), get=Who.AFFILIATE),
    "studio:link_switch": Row(args=("link.code",), post=Who.AFFILIATE),
    # Members and the shop see their kit; everybody else is led to join first.
    "studio:share": Row(args=KIT, get=Who.SIGNED_IN),
    "studio:share_pictures": Row(args=KIT, get=Who.SIGNED_IN),
    "studio:discover": Row(get=Who.SIGNED_IN),
    "studio:join": Row(args=("shop.handle",), get=Who.EVERYONE, post=Who.SIGNED_IN),
    "studio:leave": Row(args=("enrolment.pk",), post=Who.AFFILIATE),
    # Whoever has no shop is led to open one.
    "studio:programme": Row(get=Who.SIGNED_IN, post=Who.SIGNED_IN),
    "studio:member_exclude": Row(args=("enrolment.pk",), get=Who.OWNER, post=Who.OWNER),
}
