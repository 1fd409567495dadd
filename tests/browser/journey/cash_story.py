"""The loop of an order paid at the door, step by step: each step is one person in their browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from creatorhub.foundation.clock import forget_offset
from creatorhub.sales.models import CashOrder, Sale
from creatorhub.shops.models import Listing
from tests.browser.journey.cast import INSTAGRAM, Cast
from tests.browser.journey.walker import Walker
from tests.live_market import LiveMarket
from tests.visitors import Visitors

PRICE = "240"


@dataclass
class CashStory:
    """What has happened so far, and who is walking."""

    cast: Cast
    market: LiveMarket
    people: Visitors
    walkers: dict[str, Walker] = field(default_factory=dict)

    def walker(self, who: str) -> Walker:
        if who not in self.walkers:
            visitor = self.people.arrive(
                phone=self.cast.is_phone,
                language=self.cast.language,
                user_agent=INSTAGRAM if who == "buyer" else None,
            )
            self.walkers[who] = Walker(visitor, self.cast.language)
        return self.walkers[who]

    @property
    def journal(self) -> Listing:
        return Listing.objects.get(shop__handle=self.cast.handle)

    # The seller -------------------------------------------------------------------------------

    def open_a_shop_that_takes_cash(self) -> None:
        """Sign up, open a shop, switch cash on, sell one thing, pay those who share it."""
        walker = self.walker("seller")
        walker.open("account_signup")
        walker.sign_up(name=self.cast.seller, email="seller@example.com")
        walker.open("studio:open_shop")
        walker.fill(name=self.cast.shop, handle=self.cast.handle, country="SA", currency="SAR")
        walker.press("Open my shop")
        walker.open("studio:shop_settings")
        walker.page.locator("#offline [name=takes_cash]").check(force=True)
        walker.page.locator("#offline button").click()
        walker.page.wait_for_load_state()
        walker.open("studio:product_new")
        walker.page.locator("main [name=way][value=own_products]").check(force=True)
        walker.fill(title=self.cast.second_product, price=PRICE, stock="5")
        walker.page.locator("main form[method=post] button").first.click()
        walker.page.wait_for_load_state()
        if not self.journal.is_published:
            walker.open("studio:product_edit", self.journal.pk)
            walker.press("Publish")
        assert self.journal.is_published
        walker.open("studio:programme")
        walker.fill(rate="10")
        walker.press("Open the programme")

    def send_the_parcel(self, sale: Sale) -> None:
        walker = self.walker("seller")
        walker.open("studio:orders")
        walker.must_read(sale.order.number)
        walker.open("studio:order", sale.pk)
        if sale.is_collected_by_shop:
            walker.must_read(walker.words("Send it first. Then say here whether it was paid."))
        walker.open("studio:order_send", sale.pk)
        walker.press("Sent")

    def confirm_the_cash(self, sale: Sale) -> None:
        walker = self.walker("seller")
        walker.open("studio:order", sale.pk)
        walker.follow("Delivered and paid")
        walker.must_fit()
        walker.press("Yes, delivered and paid")
        walker.must_fit()
        assert CashOrder.objects.get().state == CashOrder.State.COLLECTED

    def say_it_was_not_taken(self, sale: Sale) -> None:
        walker = self.walker("seller")
        walker.open("studio:order_not_taken", sale.pk)
        walker.page.locator("main [name=reason_code][value=delivery_refused]").check(force=True)
        walker.press("Close the order")
        walker.must_read(walker.words("This order was not taken"))

    def shop_reads_what_it_owes(self, sale: Sale) -> None:
        walker = self.walker("seller")
        walker.open("studio:money")
        walker.must_read(sale.order.number)
        walker.must_read(self.cast.affiliate)
        walker.must_read("48.00")

    # The affiliate ----------------------------------------------------------------------------

    def share_the_journal(self) -> str:
        walker = self.walker("affiliate")
        walker.open("storefront:product", self.cast.handle, self.journal.slug)
        walker.follow("Share &amp; earn <bdi>%(rate)s</bdi>")
        walker.follow("Sign up and get my link")
        walker.sign_up(name=self.cast.affiliate, email="affiliate@example.com")
        walker.press("Get my link")
        whatsapp = walker.page.locator("main a[href^='https://wa.me/']").first
        text = parse_qs(urlsplit(whatsapp.get_attribute("href") or "").query)["text"][0]
        return text.split()[-1]

    def affiliate_reads_why_it_waits(self) -> None:
        walker = self.walker("affiliate")
        walker.open("studio:affiliate_home")
        walker.must_read("24.00")
        walker.must_read(
            walker.words(
                "The shop collected this order itself and settles your share with its next sales."
            )
        )
        walker.open("studio:money")

    # The buyers -------------------------------------------------------------------------------

    def buy_with_cash(self, link: str = "") -> None:
        """A guest: tap, basket, one page, cash; no payment page follows."""
        walker = self.walker("buyer")
        self._to_the_checkout(walker, link)
        walker.page.locator("main [name=pay][value=cash_on_delivery]").check(force=True)
        walker.press("Order for <bdi>%(amount)s</bdi>")
        walker.must_fit()
        assert "/orders/" in walker.page.url
        walker.must_read("240.00")

    def buy_with_a_card(self) -> Sale:
        """Somebody else, without a link, pays on the provider's page."""
        walker = self.walker("other buyer")
        self._to_the_checkout(walker, "")
        walker.press("Order for <bdi>%(amount)s</bdi>")
        walker.press("Pay %(amount)s")
        assert "/orders/" in walker.page.url
        return Sale.objects.get(collected_by="processor")

    def buyer_reads_that_nothing_is_owed(self) -> None:
        walker = self.walker("buyer")
        walker.page.reload()
        walker.must_fit()
        walker.must_read(walker.words("You paid nothing and owe nothing."))

    def _to_the_checkout(self, walker: Walker, link: str) -> None:
        if link:
            walker.visit(urlsplit(link).path)
        else:
            walker.open("storefront:product", self.cast.handle, self.journal.slug)
        walker.press("Put it in the basket")
        walker.open("storefront:checkout")
        walker.fill(
            email="buyer@example.com",
            name=self.cast.buyer,
            country="SA",
            phone="0501234567",
            city=self.cast.city,
            street=self.cast.city,
        )

    # The market -------------------------------------------------------------------------------

    def let_the_window_pass(self) -> None:
        """Fifteen days at the sandbox's clock; the worker does what comes due."""
        self._let_pass(7, 7, 1)

    def let_a_payout_day_pass(self) -> None:
        """The weekly run pays by itself what is due."""
        self._let_pass(7)

    def _let_pass(self, *days: int) -> None:
        walker = self.walker("buyer")
        for number in days:
            walker.open("sandbox:controls")
            walker.page.locator(f"main button[name=days][value='{number}']").click()
            walker.page.wait_for_load_state()
            forget_offset()
        for _again in range(2):
            self.market.let_workers_work()
