"""Pictures for previews and stories."""

from __future__ import annotations

import io

import pytest
from django.core.cache import cache
from django.urls import reverse
from PIL import Image

from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import deliver_due
from creatorhub.social_share.cards.drawing import TOPIC, card_of, draw_card
from creatorhub.social_share.cards.facts import facts_of
from creatorhub.social_share.cards.layouts import LARGEST_BYTES, SIZES, draw
from creatorhub.social_share.cards.pen import writable
from creatorhub.social_share.head import picture_of_subject
from creatorhub.social_share.models import ShareCard
from creatorhub.social_share.subjects import subject_of
from tests.factories.shops import a_published_listing, a_shop, with_picture
from tests.factories.social_share import a_link

KINDS = list(ShareCard.Kind)
ARABIC = "مخطّط المحتوى: ثلاثون يومًا من الأفكار الجاهزة للنشر كل صباح"
ENGLISH = "Content planner: thirty days of ideas that are ready to post every morning 🎉"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def facts(subject, kind="preview"):
    return facts_of(subject, kind=kind, host="market.example", qr_url="https://market.example/s/A")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("language", "title"), [("ar", ARABIC), ("en", ENGLISH), ("en", "x" * 90)])
def test_case_101_cards_have_their_size_and_are_small_enough(kind, language, title):
    listing = a_published_listing(
        shop=a_shop(language=language, brand_colour="#f2c200"), language=language, title=title
    )
    noise = Image.effect_noise((900, 900), 120).convert("RGB")
    data = draw(facts(subject_of(listing), kind), noise)
    card = Image.open(io.BytesIO(data))
    assert (card.format, card.size) == ("JPEG", SIZES[kind])
    assert kind != "preview" or len(data) <= LARGEST_BYTES


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_shop_without_a_picture_gets_its_colour_and_letter(kind):
    shop = a_shop(brand_colour="#aa2255", tagline="Pots for plants that like company")
    card = Image.open(io.BytesIO(draw(facts(subject_of(shop), kind), None)))
    assert any(abs(card.getpixel((x, 300))[0] - 0xAA) < 12 for x in range(40, card.width, 40))


@pytest.mark.django_db
def test_case_101_a_page_shows_its_own_picture_until_its_card_is_drawn(client, settings):
    listing = with_picture(a_published_listing())
    subject = subject_of(listing)
    before = picture_of_subject(subject)
    assert before.url.endswith(".webp")
    assert OutboxMessage.objects.filter(topic=TOPIC).count() == 1
    deliver_due()
    after = picture_of_subject(subject)
    assert after.url.startswith(f"{settings.BASE_URL}/cards/")
    assert (after.width, after.height) == (1200, 630)
    answer = client.get(after.url.removeprefix(settings.BASE_URL))
    assert answer["Content-Type"] == "image/jpeg"
    assert "immutable" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"


@pytest.mark.django_db
def test_case_102_another_price_or_title_is_another_address():
    listing = a_published_listing(price=10_000)
    first = facts(subject_of(listing)).key
    assert facts(subject_of(listing)).key == first
    listing.title = "Something else"
    assert facts(subject_of(listing)).key != first
    other = a_published_listing(shop=listing.shop, price=9_900, title=listing.title)
    listing.slug = other.slug
    assert facts(subject_of(other)).key != facts(subject_of(listing)).key


@pytest.mark.django_db
def test_stories_carry_the_link_of_whoever_shares_and_draw_once():
    link = a_link(listing=with_picture(a_published_listing()))
    subject = subject_of(link.listing)
    assert card_of(subject, "story", link) is None
    assert card_of(subject, "story", link) is None
    assert card_of(subject, "story", a_link(listing=link.listing, sharer=link.shop.owner)) is None
    deliver_due()
    assert ShareCard.objects.filter(kind="story").count() == 2
    assert card_of(subject, "story", link) is not None


@pytest.mark.django_db
def test_something_deleted_before_it_was_drawn_is_nothing_to_draw():
    from_outbox = OutboxMessage(
        topic=TOPIC, payload={"kind": "story", "target": "post", "pk": 0, "code": ""}
    )
    draw_card(from_outbox)
    assert not ShareCard.objects.exists()


@pytest.mark.django_db
def test_an_unknown_card_is_not_found(client):
    assert client.get(reverse("social_share:card", args=["0" * 40])).status_code == 404


def test_letters_the_font_lacks_are_left_out():
    assert writable("Ready 🎉 «جاهز»") == "Ready «جاهز»"
