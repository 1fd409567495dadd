"""From the order's page: ask by line and piece, follow the answer, bring it to our team."""

from __future__ import annotations

import pytest
from django.test import Client

from creatorhub.outbox.models import OutboxMessage
from creatorhub.sales.models import RefundRequest, Sale
from creatorhub.sales.services import accept_refund_request, decide_refund_request
from creatorhub.shops.models import Shop
from creatorhub.shops.services.change_shop import change_refund_policy
from tests.factories.accounts import a_staff_user
from tests.factories.refunds import a_declined_request, a_failed_refund, a_request
from tests.factories.sales import a_sale, an_order, let_effects_happen, line_ids, refund, send
from tests.factories.shops import a_download_listing, a_published_listing, a_shop
from tests.factories.storefront import a_shopper, put_into_basket
from tests.factories.studio import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    shop = a_shop()
    return change_refund_policy(
        shop=shop, days=30, words="Unworn, please.", with_shipping=True, actor=None
    )


@pytest.fixture
def sale(shop: Shop) -> Sale:
    return a_sale((a_published_listing(shop=shop, title="Cup", price=10_000, stock=9), 3))


@pytest.fixture
def buyer() -> Client:
    return a_shopper()


def order_url(sale: Sale) -> str:
    return f"/en/orders/{sale.order.checkout.token}/"


def ask_url(sale: Sale) -> str:
    return f"{order_url(sale)}refunds/new/{sale.pk}/"


def request_url(request: RefundRequest) -> str:
    return f"{order_url(request.sale)}refunds/{request.pk}/"


def page(buyer: Client, url: str) -> str:
    """The page's words, without the marks around amounts."""
    return words_of(buyer.get(url)).replace("<bdi>", "").replace("</bdi>", "")


def test_two_of_three_with_a_reason_and_words(buyer: Client, sale: Sale) -> None:
    (line,) = line_ids(sale)
    assert "Ask for money back" in page(buyer, order_url(sale))
    form = page(buyer, ask_url(sale))
    assert "SAR 300.00 for all 3" in form
    assert "Unworn, please." in form

    typed = {f"pieces_{line}": 2, "reason_code": "damaged", "note": "The handles broke."}
    answer = buyer.post(ask_url(sale), typed)
    again = buyer.post(ask_url(sale), typed)

    request = RefundRequest.objects.get()
    assert answer.url == again.url == request_url(request)
    assert (request.asked.minor, request.note) == (20_000, "The handles broke.")
    seen = page(buyer, answer.url)
    assert "The handles broke." in seen
    assert "SAR 200.00" in seen
    assert "The shop answers by" in page(buyer, order_url(sale))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reason_code": "damaged", "note": "Kept."}, "Choose at least one item."),
        ({"pieces": 1, "note": "Kept."}, "Choose why, so that the shop understands it."),
        ({"pieces": 9, "reason_code": "damaged", "note": "Kept."}, "less than or equal to 3"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(
    buyer: Client, sale: Sale, typed: dict[str, object], words: str
) -> None:
    (line,) = line_ids(sale)
    if "pieces" in typed:
        typed = typed | {f"pieces_{line}": typed["pieces"]}
    answer = buyer.post(ask_url(sale), typed)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert "Kept." in words_of(answer)
    assert not RefundRequest.objects.exists()


def test_a_no_is_explained_and_goes_to_our_team(buyer: Client, sale: Sale) -> None:
    request = a_declined_request(sale)
    seen = page(buyer, request_url(request))
    assert "It was fine." in seen
    assert "You do not agree?" in seen

    typed = {"act": "escalate", "note": "Look at the picture."}
    assert buyer.post(request_url(request), typed).status_code == 302
    assert buyer.post(request_url(request), typed).status_code == 302

    request.refresh_from_db()
    assert request.state == RefundRequest.State.ESCALATED
    assert "Our team decides" in page(buyer, request_url(request))
    staff = a_staff_user()
    decide_refund_request(request=request, gives_back=True, note="It is broken.", actor=staff)
    let_effects_happen()
    seen = page(buyer, request_url(request))
    assert "It is broken." in seen
    assert "SAR 300.00 was given back" in seen
    assert str(staff) not in seen


def test_taking_it_back(buyer: Client, sale: Sale) -> None:
    request = a_request(sale)
    buyer.post(request_url(request), {"act": "withdraw"})
    request.refresh_from_db()
    assert request.withdrawn_at is not None
    assert "You took this back" in page(buyer, request_url(request))


def test_an_order_of_others_is_not_there(buyer: Client, sale: Sale) -> None:
    other = a_sale(a_download_listing())
    request = a_request(other)
    foreign = f"{order_url(sale)}refunds/"
    assert buyer.get(f"{foreign}new/{other.pk}/").status_code == 404
    assert buyer.get(f"{foreign}{request.pk}/").status_code == 404
    assert buyer.post(f"{foreign}{request.pk}/", {"act": "withdraw"}).status_code == 404
    unpaid = an_order(a_published_listing())
    assert buyer.get(f"/en/orders/{unpaid.token}/refunds/new/1/").status_code == 404


def test_what_cannot_be_asked_is_listed_with_why(buyer: Client, sale: Sale) -> None:
    refund(sale)
    seen = page(buyer, ask_url(sale))
    assert "Nothing can be asked for here" in seen
    assert "It was given back already." in seen
    assert "Ask for money back" not in page(buyer, order_url(sale))


def test_the_refund_in_plain_words_with_its_dates(buyer: Client, sale: Sale) -> None:
    send(sale)
    (line,) = line_ids(sale)
    accept_refund_request(request=a_request(sale, pieces={line: 1}), actor=sale.shop.owner.user)
    seen = page(buyer, order_url(sale))
    assert "SAR 100.00 is on its way back to you since" in seen
    assert "1 given back" in seen
    let_effects_happen()
    assert "SAR 100.00 was given back on" in page(buyer, order_url(sale))
    a_failed_refund(sale, line)
    assert "SAR 200.00 could not be given back yet" in page(buyer, order_url(sale))


def test_the_promise_is_read_before_and_after_buying_and_never_changes_afterwards(
    buyer: Client, shop: Shop, sale: Sale
) -> None:
    listing = sale.lines.get().listing
    assert listing is not None
    put_into_basket(buyer, listing)
    change_refund_policy(
        shop=shop, days=60, words="Now sixty days.", with_shipping=False, actor=None
    )
    for url in (listing.get_absolute_url(), "/en/basket/", "/en/checkout/"):
        seen = page(buyer, url.replace("/ar/", "/en/"))
        assert "Now sixty days." in seen, url
        assert "60 days to ask for your money back" in seen, url
    bought = page(buyer, order_url(sale))
    assert "30 days to ask for your money back" in bought
    assert "Unworn, please." in bought
    assert "What sending cost goes back, too." in bought


def test_asking_too_often_is_stopped(buyer: Client, sale: Sale) -> None:
    (line,) = line_ids(sale)
    typed = {f"pieces_{line}": 1, "reason_code": "damaged"}
    for _ in range(10):
        buyer.post(ask_url(sale), typed)
        buyer.post(request_url(RefundRequest.objects.latest("pk")), {"act": "withdraw"})
    assert "many tries" in words_of(buyer.post(ask_url(sale), typed))
    assert OutboxMessage.objects.filter(topic="mail.refund_asked").count() == 10
