"""Addresses in mails are real pages; the worker's schedule names real tasks."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils import translation

from creatorhub.config.celery import app
from creatorhub.sales import tasks
from creatorhub.sales.links import (
    affiliate_url,
    grant_url,
    order_url,
    return_url,
    studio_order_url,
)
from creatorhub.sales.models import Checkout, Sale
from creatorhub.sales.services import record_sale
from creatorhub.sales.sweeps import sweep
from tests.factories.sales import an_order, pay
from tests.factories.shops import a_download_listing, a_published_listing


def name_at(url: str) -> str:
    path = url.removeprefix(settings.BASE_URL)
    with translation.override(path.split("/")[1]):
        return resolve(path).view_name


@pytest.mark.parametrize("language", ["ar", "en"])
def test_mails_lead_to_the_pages_they_promise(language: str) -> None:
    checkout = Checkout(token="a-token", language=language)
    assert name_at(order_url(checkout)) == "storefront:order"
    assert name_at(return_url(checkout)) == "storefront:checkout_return"
    assert name_at(grant_url("a-token", language)) == "storefront:grant"
    assert name_at(studio_order_url(Sale(pk=7), language)) == "studio:order"
    assert name_at(affiliate_url(language)) == "studio:affiliate_home"


def test_the_schedule_names_tasks_that_exist() -> None:
    app.loader.import_default_modules()
    app.finalize()
    ours = [
        str(entry["task"])
        for entry in app.conf.beat_schedule.values()
        if str(entry["task"]).startswith("creatorhub.sales.")
    ]
    assert len(ours) >= 6
    assert set(ours) <= set(app.tasks)


@pytest.mark.django_db
def test_the_tasks_sweep_what_is_due() -> None:
    pay(an_order(a_published_listing()))
    assert tasks.complete_paid_attempts() == 0
    assert tasks.expire_unpaid_attempts() == 0
    assert tasks.release_due_money() == 0
    assert tasks.remind_of_late_parcels() == 0
    assert tasks.watch_refund_requests() == 0
    assert tasks.refund_unsent_parcels() == 0


@pytest.mark.django_db
def test_recording_a_sale_again_returns_what_was_recorded() -> None:
    checkout = an_order(a_download_listing(), address=None)
    sales = pay(checkout)
    assert record_sale(checkout=checkout, paid_at=sales[0].sold_at) == sales


def test_a_sweep_goes_on_after_a_failure() -> None:
    def fragile(number: int) -> bool:
        if number == 2:
            raise RuntimeError("two")
        return number != 3

    assert sweep("do", [1, 2, 3, 4], fragile) == 2
