"""Foreign keys written as strings escape import linters; this reads the graph itself."""

from __future__ import annotations

from django.apps import apps

FLOORS = [
    {"foundation"},
    {"outbox"},
    {"accounts"},
    {"payments", "ledger"},
    {"shops"},
    {"social_share", "community"},
    {"offers", "affiliates", "payouts"},
    {"sales"},
    {"operations"},
    {"studio", "storefront"},
]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# `accounts.User` may be named by any room: every framework's user model is.
USER = "accounts.User"


def climbing_keys() -> list[str]:
    """Foreign keys of our rooms that point up, or sideways to a neighbour."""
    found = []
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in FLOOR_OF:
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.many_to_one or field.one_to_one else None
            if target is None or not field.concrete or target._meta.label == USER:
                continue
            other = target._meta.app_label
            if other in FLOOR_OF and other != room and FLOOR_OF[other] >= FLOOR_OF[room]:
                found.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    return found


def test_no_foreign_key_points_up_or_sideways() -> None:
    assert climbing_keys() == []


def test_money_rooms_hold_no_key_to_an_order() -> None:
    """The ledger and payments know orders by an opaque reference only."""
    for room in ("ledger", "payments"):
        for model in apps.get_app_config(room).get_models():
            targets = {
                field.related_model._meta.app_label
                for field in model._meta.get_fields()
                if field.concrete and field.is_relation and field.related_model
            }
            assert targets <= {room, "accounts"}, model


def test_the_graph_test_can_fail() -> None:
    """A key from a low room to a high one would be listed."""
    model = apps.get_model("sales", "Sale")
    field = model._meta.get_field("shop")
    assert FLOOR_OF["shops"] < FLOOR_OF["sales"]
    assert field.related_model._meta.app_label == "shops"
    assert FLOOR_OF[model._meta.app_label] > FLOOR_OF[field.related_model._meta.app_label]
