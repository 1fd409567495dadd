"""What a creator may do with pages in Wagtail's editor, beyond what their group says."""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester


class ShopPagePermissions(PagePermissionTester):
    """A shop's page lives and ends with its shop: only staff move, copy or take it away."""

    def _is_staff(self) -> bool:
        return bool(self.user.is_superuser)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._is_staff() and bool(super().can_delete(ignore_bulk))

    def can_unpublish(self) -> bool:
        return self._is_staff() and bool(super().can_unpublish())

    def can_move(self) -> bool:
        return self._is_staff() and bool(super().can_move())

    def can_copy(self) -> bool:
        return self._is_staff() and bool(super().can_copy())

    def can_copy_to(self, destination: Any, recursive: bool = False) -> bool:
        return self._is_staff() and bool(super().can_copy_to(destination, recursive))

    def can_set_view_restrictions(self) -> bool:
        return self._is_staff() and bool(super().can_set_view_restrictions())


class PostPagePermissions(PagePermissionTester):
    """A post stays in the shop it was written in; one that staff took down stays down."""

    def can_publish(self) -> bool:
        # Wagtail's own pages for one post heed the lock; its bulk page does not.
        is_open = not self.page.locked or bool(self.user.is_superuser)
        return is_open and bool(super().can_publish())

    def can_move(self) -> bool:
        return bool(self.user.is_superuser) and bool(super().can_move())

    def can_set_view_restrictions(self) -> bool:
        return bool(self.user.is_superuser) and bool(super().can_set_view_restrictions())
