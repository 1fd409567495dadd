"""Running an import in steps: each step is a transaction, so a killed worker loses nothing."""

from __future__ import annotations

import logging
import time

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue
from creatorhub.shops.models import ImportRun
from creatorhub.shops.services.import_products.check_import import plan_of
from creatorhub.shops.services.import_products.import_product import import_product
from creatorhub.shops.services.import_products.plan import ProductPlan
from creatorhub.shops.services.import_products.problems import Problem

RUN_IMPORT = "shops.run_import"
# A step shows its progress when it ends; people should see the bar move.
STEP_SECONDS = 2.0

log = logging.getLogger(__name__)


@transaction.atomic
def start_import(*, run: ImportRun) -> None:
    """Let a checked run begin, in the background. Starting it twice starts it once."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != ImportRun.State.CHECKED:
        return
    run.state = ImportRun.State.RUNNING
    run.created_count = run.updated_count = run.pictures_total = 0
    run.problems = [
        problem.as_json() for problem in plan_of(shop=run.shop, content=run.content).problems
    ]
    run.save()
    _enqueue_step(run)


def continue_import(message: OutboxMessage) -> None:
    """Outbox handler: one step, then a message for the next one."""
    run = ImportRun.objects.select_for_update().get(pk=message.payload["run"])
    _step(run)


@transaction.atomic(durable=True)
def import_step(*, run_id: int) -> ImportRun:
    """One step for a caller that waits, as the command does. Returns the run as it then is."""
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    _step(run)
    return run


def _step(run: ImportRun) -> None:
    if run.state != ImportRun.State.RUNNING:
        return
    products = plan_of(shop=run.shop, content=run.content).products
    stop_at = time.monotonic() + STEP_SECONDS
    for product in products[run.products_done :]:
        _import_one(run, product)
        run.products_done += 1
        if time.monotonic() > stop_at:
            break
    if run.products_done >= len(products):
        run.state = ImportRun.State.DONE
        run.finished_at = now()
    else:
        _enqueue_step(run)
    run.save()


def _import_one(run: ImportRun, product: ProductPlan) -> None:
    """One product, all or nothing; one that surprises us is reported and the others go on."""
    try:
        with transaction.atomic():
            outcome = import_product(run=run, product=product)
    except Exception:  # One bad product must not lose the rest of somebody's shop.
        log.exception("import %s could not take product %r", run.pk, product.handle)
        run.problems.append(Problem(product.row, "Handle", "unexpected").as_json())
        return
    run.created_count += outcome.is_new
    run.updated_count += not outcome.is_new
    run.pictures_total += outcome.pictures
    run.problems += [problem.as_json() for problem in outcome.problems]


def _enqueue_step(run: ImportRun) -> None:
    enqueue(
        topic=RUN_IMPORT,
        key=f"{RUN_IMPORT}:{run.pk}:{run.products_done}",
        payload={"run": run.pk},
    )
