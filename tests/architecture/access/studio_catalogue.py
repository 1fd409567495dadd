"""Addresses of the catalogue: whoever has no shop is led to open one, foreign things are 404."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ROWS = {
    "studio:open_shop": Row(get=Who.SIGNED_IN, post=Who.SIGNED_IN),
    "studio:shop_welcome": Row(get=Who.SIGNED_IN),
    "studio:shop_settings": Row(get=Who.SIGNED_IN, post=Who.SIGNED_IN),
    "studio:products": Row(get=Who.SIGNED_IN),
    "studio:product_new": Row(get=Who.SIGNED_IN, post=Who.SIGNED_IN),
    "studio:products_from_photos": Row(get=Who.SIGNED_IN, post=Who.SIGNED_IN),
    "studio:photo_prices": Row(get=Who.SIGNED_IN, post=Who.SIGNED_IN),
    "studio:product_edit": Row(args=("listing.pk",), get=Who.OWNER, post=Who.OWNER),
    "studio:product_preview": Row(args=("listing.pk",), get=Who.OWNER),
    "studio:product_state": Row(args=("listing.pk",), post=Who.OWNER),
    "studio:product_pictures": Row(args=("listing.pk",), post=Who.OWNER),
    "studio:product_picture": Row(args=("picture.listing.pk", "picture.pk"), post=Who.OWNER),
    "studio:product_files": Row(args=("file.listing.pk",), post=Who.OWNER),
    "studio:product_file": Row(args=("file.listing.pk", "file.pk"), post=Who.OWNER),
    "studio:import_new": Row(get=Who.SIGNED_IN, post=Who.SIGNED_IN),
    "studio:import_run": Row(args=("import_run.pk",), get=Who.OWNER, post=Who.OWNER),
    "studio:import_rows": Row(args=("import_run.pk",), get=Who.OWNER),
    "studio:posts": Row(get=Who.SIGNED_IN),
    "studio:post_new": Row(get=Who.SIGNED_IN, post=Who.SIGNED_IN),
    "studio:post_edit": Row(args=("post.pk",), get=Who.OWNER, post=Who.OWNER),
    "studio:post_delete": Row(args=("post.pk",), get=Who.OWNER, post=Who.OWNER),
}
