"""Every mail of a sale is written in the language of whoever reads it, and says what matters."""

from __future__ import annotations

import pytest

from creatorhub.outbox.models import OutboxMessage, SentMail
from creatorhub.sales.models import Sale
from tests.factories.accounts import a_user
from tests.factories.offers import a_file
from tests.factories.sales import (
    a_click,
    an_affiliate,
    an_order,
    let_effects_happen,
    pay,
    refund,
    send,
)
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db


def a_whole_sale(language: str) -> tuple[Sale, str]:
    """Somebody buys a mug and a file through Noor's link; the mug leaves, the file goes back."""
    shop = a_shop(owner=a_user(name="Layan", language=language), name="Amber & Sons")
    shop.shipping_flat_minor = 2_000
    shop.save()
    mug = a_published_listing(shop=shop, title="Mug <b>blue</b>", price=5_000)
    book = a_download_listing(shop=shop, title="Planner", price=4_900)
    a_file(listing=book)
    noor = an_affiliate(shop, rate_bps=1_000)
    (sale,) = pay(
        an_order(
            (mug, 2),
            book,
            clicks=[a_click(noor, mug)],
            language=language,
            note="Please wrap it.",
        )
    )
    send(sale)
    refund(sale, sale.lines.get(title="Planner").pk, reason_code="damaged")
    let_effects_happen()
    assert noor.user is not None
    return sale, noor.user.email


@pytest.mark.parametrize("language", ["en", "ar"])
def test_all_of_them_are_rendered_and_none_dies(language: str) -> None:
    sale, _noor = a_whole_sale(language)
    assert not OutboxMessage.objects.filter(done_at=None).exists()
    to_buyer = SentMail.objects.filter(to=sale.order.checkout.email)
    assert to_buyer.count() == 3
    assert set(to_buyer.values_list("language", flat=True)) == {language}
    for mail in SentMail.objects.all():
        assert mail.subject
        assert "{{" not in mail.text + mail.html
        assert "<b>blue</b>" not in mail.html, "what people wrote is escaped"


def test_the_receipt_has_lines_total_files_and_the_way_back() -> None:
    sale, _noor = a_whole_sale("en")
    receipt = SentMail.objects.get(subject=f"Thank you – your order {sale.order.number}")
    for words in ("Mug <b>blue</b> × 2", "Planner", "Sending by Amber & Sons", "169"):
        assert words in receipt.text
    assert f"/en/orders/{sale.order.checkout.token}/" in receipt.text
    grant = sale.lines.get(title="Planner").item.grant
    assert f"/en/library/{grant.token}/" in receipt.text


def test_the_shop_learns_its_share_the_promised_day_and_the_buyers_words() -> None:
    sale, _noor = a_whole_sale("en")
    sold = SentMail.objects.get(subject=f"You sold something: order {sale.order.number}")
    assert "Please wrap it." in sold.text
    assert f"/en/studio/orders/{sale.pk}/" in sold.text


def test_the_affiliate_learns_amount_and_day() -> None:
    sale, noor = a_whole_sale("en")
    earned = SentMail.objects.get(to=noor, text__contains="Mug")
    assert "Amber & Sons" in earned.text
    assert sale.lines.filter(commission_minor=1_000).exists()
    assert "10" in earned.subject


def test_a_refund_says_how_much_and_why() -> None:
    sale, _noor = a_whole_sale("en")
    mail = SentMail.objects.get(subject__contains="on its way back")
    assert "49" in mail.subject
    assert "The item arrived damaged." in mail.text
    assert sale.order.number in mail.text


def test_a_shop_without_a_login_is_not_mailed() -> None:
    shop = a_shop()
    shop.owner.user = None
    shop.owner.save()
    pay(an_order(a_published_listing(shop=shop)))
    let_effects_happen()
    assert SentMail.objects.count() == 1
