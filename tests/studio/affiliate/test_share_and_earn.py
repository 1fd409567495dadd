"""Two taps from "Share & earn" to a link, and the page that link lives on."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from creatorhub.affiliates.models import Enrolment
from creatorhub.affiliates.services import change_programme
from creatorhub.outbox.services import deliver_due
from creatorhub.social_share.models import ShareLink
from tests.factories.accounts import a_user
from tests.factories.affiliates import a_member, a_programme, owner_of, signed_in
from tests.factories.shops import a_listing, a_published_listing, with_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english_with_an_empty_cache():
    cache.clear()
    with override("en"):
        yield


@pytest.fixture
def listing():
    return with_picture(a_published_listing(price=5_500))


@pytest.fixture
def programme(listing):
    return a_programme(shop=listing.shop, rate_bps=2_000)


def kit(listing) -> str:
    return reverse("studio:share", args=["product", listing.pk])


def invitation(listing) -> str:
    return f"{reverse('studio:join', args=[listing.shop.handle])}?product={quote(listing.slug)}"


def test_two_taps_lead_to_a_link(listing, programme):
    person = a_user()
    client = signed_in(person)
    assert "11.00" in client.get(invitation(listing)).text
    answer = client.post(invitation(listing), follow=True)
    link = ShareLink.objects.get(sharer__user=person)
    assert (link.listing, answer.request["PATH_INFO"]) == (listing, kit(listing))
    assert f"/s/{link.code}" in answer.text
    assert f"/s/{link.code}-ig" in answer.text
    assert "#ad" in answer.text
    assert "«إعلان»" in answer.text


def test_a_visitors_wish_survives_signing_up(listing, programme):
    page = Client().get(invitation(listing))
    wish = quote(invitation(listing), safe="")
    assert page.status_code == 200
    assert wish.lower() in page.text.lower().replace("%25", "%") or "next=" in page.text
    answer = Client().post(invitation(listing))
    assert answer.status_code == 302
    assert "next=" in answer["Location"]
    assert not Enrolment.objects.exists()


def test_a_member_goes_straight_to_the_link(listing, programme):
    member = a_member(programme)
    assert signed_in(member.owner).get(invitation(listing))["Location"] == kit(listing)


def test_without_an_open_programme_there_is_nothing_to_join(listing, programme):
    change_programme(programme=programme, state="paused", actor=owner_of(listing.shop))
    assert Client().get(invitation(listing)).status_code == 404
    answer = signed_in(a_user()).get(kit(listing))
    assert answer.status_code == 200
    assert "#ad" not in answer.text
    assert ShareLink.objects.get().sharer is None


def test_the_shop_cannot_join_itself_and_is_told_so(listing, programme):
    client = signed_in(owner_of(listing.shop))
    assert "your own shop" in client.post(invitation(listing), follow=True).text
    assert "#ad" not in client.get(kit(listing)).text


def test_whoever_could_earn_is_led_to_join_first(listing, programme):
    answer = signed_in(a_user()).get(kit(listing))
    assert answer["Location"] == invitation(listing)


@pytest.mark.parametrize("kind", ["product", "post", "shop", "nonsense"])
def test_what_is_not_there_cannot_be_shared(kind):
    address = reverse("studio:share", args=[kind, 987654])
    assert signed_in(a_user()).get(address).status_code == 404


def test_a_draft_is_shared_by_its_shop_alone():
    draft = a_listing()
    assert signed_in(a_user()).get(kit(draft)).status_code == 404
    assert signed_in(owner_of(draft.shop)).get(kit(draft)).status_code == 200


def test_pictures_are_there_once_they_are_drawn(listing, programme):
    client = signed_in(a_member(programme).owner)
    assert "data-waiting" in client.get(kit(listing)).text
    deliver_due()
    pictures = client.get(reverse("studio:share_pictures", args=["product", listing.pk])).text
    assert "data-waiting" not in pictures
    assert pictures.count("?download") == 3


def test_case_108_everything_is_there_without_javascript(listing, programme):
    page = signed_in(a_member(programme).owner).get(kit(listing)).text
    link = ShareLink.objects.get()
    assert f'value="http://127.0.0.1:8000/s/{link.code}"' in page or f"/s/{link.code}" in page
    assert 'href="https://wa.me/?text=' in page
    assert "onclick" not in page
    assert "style=" not in page


def test_leaving_is_one_press_and_only_ones_own(listing, programme):
    member = a_member(programme)
    address = reverse("studio:leave", args=[member.pk])
    assert signed_in(a_user()).post(address).status_code == 404
    assert signed_in(member.owner).post(address).status_code == 302
    member.refresh_from_db()
    assert member.state == "left"


def test_discovering_shows_what_can_be_earned(listing, programme):
    page = signed_in(a_user()).get(reverse("studio:discover")).text
    assert listing.shop.name in page
    assert "20%" in page


@pytest.mark.parametrize(("rate", "shown"), [(2000, True), (None, False)])
def test_share_and_earn_appears_where_somebody_can_earn(listing, rate, shown):
    tag = '<c-share-and-earn :rate="rate" handle="{{ handle }}" product="{{ slug }}" />'
    html = Template(CottonCompiler().process(tag)).render(
        Context({"rate": rate, "handle": listing.shop.handle, "slug": listing.slug})
    )
    assert ("/join/" in html) is shown
