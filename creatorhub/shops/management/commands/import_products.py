"""`manage.py import_products --shop HANDLE FILE [--dry-run]`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from creatorhub.shops.models import ImportRun, Shop
from creatorhub.shops.services.import_products.bad_rows import refused_count
from creatorhub.shops.services.import_products.check_import import check_import
from creatorhub.shops.services.import_products.problems import ImportFileError, remarks
from creatorhub.shops.services.import_products.run_import import import_step, start_import


class Command(BaseCommand):
    """Bring a Shopify products export into a shop. Its pictures are fetched by the worker."""

    help = "Import a Shopify products CSV into a shop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--shop", required=True, metavar="HANDLE")
        parser.add_argument("--dry-run", action="store_true", help="report and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        run = self._check(options["shop"].lstrip("@"), options["file"])
        self.stdout.write(
            f"{run.filename}: {run.created_count} new products, {run.updated_count} updated, "
            f"{refused_count(run)} rows refused"
        )
        if options["dry_run"]:
            self._report(run)
            run.delete()
            self.stdout.write("Dry run: nothing was changed.")
            return
        with transaction.atomic(durable=True):
            start_import(run=run)
        while (run := import_step(run_id=run.pk)).state == ImportRun.State.RUNNING:
            self.stdout.write(f"{run.products_done} of {run.products_total} products")
        self._report(run)
        self.stdout.write(
            f"Done: {run.created_count} created, {run.updated_count} updated. "
            f"{run.pictures_total} pictures are fetched in the background."
        )

    def _check(self, handle: str, path: Path) -> ImportRun:
        shop = Shop.objects.filter(handle=handle).first()
        if shop is None:
            raise CommandError(f"There is no shop @{handle}.")
        try:
            return check_import(shop=shop, filename=path.name, raw=path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from error
        except ImportFileError as error:
            raise CommandError(f"{path.name}: {error}") from error

    def _report(self, run: ImportRun) -> None:
        for remark in remarks(run.problems):
            kind = "refused" if remark.is_refused else "note"
            self.stdout.write(
                f"  row {remark.row} · {remark.column} · {kind}: {remark.sentence} {remark.value}"
            )
