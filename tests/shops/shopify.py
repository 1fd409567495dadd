"""Small look-alikes of Shopify's product exports, and the real samples where they are kept."""

from __future__ import annotations

import csv
import io
from pathlib import Path

SAMPLES = sorted((Path(__file__).resolve().parents[3] / "shared" / "data").glob("shopify-*.csv"))

COLUMNS = [
    *("Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published"),
    *("Option1 Name", "Option1 Value", "Option2 Name", "Option2 Value"),
    *("Option3 Name", "Option3 Value", "Variant SKU", "Variant Grams"),
    *("Variant Inventory Tracker", "Variant Inventory Qty", "Variant Inventory Policy"),
    *("Variant Price", "Variant Compare At Price", "Variant Requires Shipping"),
    *("Image Src", "Image Position", "Image Alt Text", "Gift Card", "Variant Image"),
]
PLAIN = {
    "Handle": "lamp",
    "Title": "Copper Lamp",
    "Body (HTML)": "<p>Warm light</p>",
    "Type": "Indoor",
    "Tags": "Copper, Bedroom",
    "Published": "true",
    "Option1 Name": "Title",
    "Option1 Value": "Default Title",
    "Variant Inventory Qty": "2",
    "Variant Inventory Policy": "deny",
    "Variant Price": "59.99",
    "Variant Compare At Price": "75",
    "Variant Requires Shipping": "true",
    "Gift Card": "false",
}
BRACELET = [
    PLAIN
    | {
        "Handle": "chain",
        "Title": "Chain Bracelet",
        "Option1 Name": "Color",
        "Option1 Value": "Blue",
        "Variant Inventory Tracker": "shopify",
        "Image Src": "https://pictures.invalid/1.jpg",
        "Image Position": "1",
        "Variant Image": "https://pictures.invalid/blue.jpg",
    },
    {
        "Handle": "chain",
        "Option1 Value": "Black",
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": "0",
        "Variant Price": "42.99",
        "Image Src": "https://pictures.invalid/2.jpg",
        "Image Position": "2",
    },
    {"Handle": "chain", "Image Src": "https://pictures.invalid/3.jpg", "Image Position": "3"},
]


def shopify_csv(
    *rows: dict[str, str], columns: list[str] | None = None, bom: bool = False
) -> bytes:
    """An export with these rows."""
    target = io.StringIO()
    writer = csv.DictWriter(target, columns or COLUMNS, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode("utf-8-sig" if bom else "utf-8")
