"""Something goes wrong, step by step: a buyer asks, a shop answers or does not, staff decide."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client

from creatorhub.accounts.models import Party
from creatorhub.foundation.clock import forget_offset, let_time_pass
from creatorhub.sales.models import RefundRequest, Sale
from tests.browser.journey.cast import Cast
from tests.browser.journey.walker import Walker
from tests.factories.accounts import a_user
from tests.factories.sales import a_click, a_sale, an_affiliate
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.studio import a_staff_browser, signed_in
from tests.live_market import LiveMarket
from tests.visitors import Visitors


@dataclass
class RefundStory:
    """A sale of three pieces through somebody's link, and who walks because of it."""

    cast: Cast
    market: LiveMarket
    people: Visitors
    walkers: dict[str, Walker] = field(default_factory=dict)

    def sell_three(self) -> Sale:
        """A shop, an affiliate and a paid order, through the services that make them."""
        owner = a_user(name=self.cast.seller, language=self.cast.language)
        shop = a_shop(owner=owner, name=self.cast.shop, language=self.cast.language)
        journal = a_published_listing(
            shop=shop, title=self.cast.second_product, price=4_000, stock=9
        )
        self.affiliate: Party = an_affiliate(shop, rate_bps=1_000)
        click = a_click(self.affiliate, journal)
        self.sale = a_sale((journal, 3), language=self.cast.language, clicks=[click])
        return self.sale

    @property
    def request(self) -> RefundRequest:
        return RefundRequest.objects.get()

    @property
    def token(self) -> str:
        return str(self.sale.order.checkout.token)

    def walker(self, who: str) -> Walker:
        """A guest, the shop's owner, or staff whose second factor was asked for."""
        if who not in self.walkers:
            visitor = self.people.arrive(phone=True, language=self.cast.language)
            client = self._client(who)
            if client is not None:
                session = client.cookies[settings.SESSION_COOKIE_NAME]
                visitor.context.add_cookies(
                    [{"name": session.key, "value": session.value, "url": self.people.base_url}]
                )
            self.walkers[who] = Walker(visitor, self.cast.language)
        return self.walkers[who]

    def _client(self, who: str) -> Client | None:
        if who == "creator":
            owner = self.sale.shop.owner.user
            assert owner is not None
            return signed_in(owner)
        return a_staff_browser() if who == "staff" else None

    def days_pass(self, days: int) -> None:
        """Also for the worker, who does what has become due."""
        let_time_pass(days=days)
        forget_offset()
        for _ in range(2):
            self.market.let_workers_work()

    # The buyer --------------------------------------------------------------------------------

    def ask_for_two(self, words: str) -> None:
        """From the order's page: two of three, broken, in their own words."""
        walker, line = self.walker("buyer"), self.sale.lines.get()
        walker.open("storefront:order", self.token)
        walker.follow("Ask for money back")
        walker.must_fit()
        walker.press("Ask the shop")
        walker.must_fit()
        assert not RefundRequest.objects.exists()
        walker.fill(**{f"pieces_{line.pk}": "2", "note": words})
        walker.page.locator("main [name=reason_code][value=damaged]").check(force=True)
        walker.press("Ask the shop")
        walker.must_fit()
        walker.must_read(words)

    def do_not_agree(self, words: str) -> None:
        walker = self.walker("buyer")
        walker.open("storefront:refund_request", self.token, self.request.pk)
        walker.must_read(self.request.answer_note)
        walker.fill(note=words)
        walker.press("Ask our team")
        walker.must_fit()

    def buyer_reads(self, *words: str) -> None:
        walker = self.walker("buyer")
        walker.open("storefront:refund_request", self.token, self.request.pk)
        for text in words:
            walker.must_read(text)
        walker.open("storefront:order", self.token)

    # The shop ---------------------------------------------------------------------------------

    def shop_says_no(self, words: str) -> None:
        """It sees the request first, and what a yes would take from whom."""
        walker = self.walker("creator")
        walker.open("studio:orders")
        walker.open("studio:order", self.sale.pk)
        walker.follow("See what they write")
        walker.must_fit()
        walker.must_read(self.request.note)
        walker.must_read("80.00")
        walker.fill(note=words)
        walker.press("Say no, with my words")
        walker.must_fit()

    def shop_gives_one(self) -> None:
        """A part instead: one piece, previewed and confirmed."""
        walker, line = self.walker("creator"), self.sale.lines.get()
        walker.open("studio:refund_request", self.request.pk)
        walker.follow("Give back a part")
        walker.must_fit()
        walker.fill(**{f"pieces_{line.pk}": "1"})
        walker.press("See what it means")
        walker.must_fit()
        walker.must_read("40.00")
        walker.press("Give back <bdi>%(amount)s</bdi>")
        walker.must_fit()

    def shop_reads(self, words: str) -> None:
        walker = self.walker("creator")
        walker.open("studio:refund_request", self.request.pk)
        walker.must_read(words)

    # Staff ------------------------------------------------------------------------------------

    def staff_give_all(self, words: str) -> None:
        """They read both sides and decide for all of it."""
        walker = self.walker("staff")
        walker.open("studio:desk_refunds")
        walker.must_read(self.sale.order.number)
        walker.open("studio:desk_refund", self.request.pk)
        walker.must_read(self.request.note)
        walker.page.locator("main [name=decision][value=all]").check(force=True)
        walker.fill(note=words)
        walker.press("Decide")
        walker.must_fit()
        for _ in range(2):
            self.market.let_workers_work()
