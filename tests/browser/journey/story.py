"""The whole loop, step by step: each step is what one person does in their browser."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from creatorhub.affiliates.models import Commission
from creatorhub.foundation.clock import forget_offset, today
from creatorhub.foundation.policy import change_policy
from creatorhub.operations.demo_logins import demo_logins, make_demo_person
from creatorhub.payouts.models import Payout
from creatorhub.sales.models import Sale
from creatorhub.shops.models import Listing, PostPage, Shop
from tests.browser.journey.cast import INSTAGRAM, Cast
from tests.browser.journey.walker import Walker
from tests.live_market import LiveMarket
from tests.visitors import Visitors

CURRENCY = "USD"
RATE_PERCENT = "10"


@dataclass
class Story:
    """What has happened so far, and who is walking."""

    cast: Cast
    market: LiveMarket
    people: Visitors
    export: Path
    walkers: dict[str, Walker] = field(default_factory=dict)

    def walker(self, who: str, *, user_agent: str | None = None) -> Walker:
        """A person keeps their own browser through the story."""
        if who not in self.walkers:
            visitor = self.people.arrive(
                phone=self.cast.is_phone, language=self.cast.language, user_agent=user_agent
            )
            self.walkers[who] = Walker(visitor, self.cast.language)
        return self.walkers[who]

    @property
    def bracelet(self) -> Listing:
        return Listing.objects.get(shop__handle=self.cast.handle, title="Anchor Bracelet Mens")

    def sale_of(self, handle: str) -> Sale:
        return Sale.objects.get(shop__handle=handle)

    # The sellers ------------------------------------------------------------------------------

    def open_a_shop(self, who: str, *, name: str, shop: str, handle: str) -> Walker:
        """Sign up and open a shop on one page."""
        walker = self.walker(who)
        walker.open("account_signup")
        walker.sign_up(name=name, email=f"{who}@example.com")
        walker.open("studio:open_shop")
        walker.fill(name=shop, handle=handle, country="SA", currency=CURRENCY)
        walker.press("Open my shop")
        assert Shop.objects.filter(handle=handle, name=shop).exists()
        return walker

    def import_the_export(self) -> None:
        """A dry run first, then the import itself, which the worker does."""
        walker = self.walker("seller")
        walker.open("studio:import_new")
        walker.page.set_input_files("main [name=file]", str(self.export))
        walker.press("Check the file")
        assert not Listing.objects.filter(shop__handle=self.cast.handle).exists()
        walker.page.locator("main form[method=post] button").first.click()
        walker.page.wait_for_load_state()
        self.market.let_workers_work()
        walker.page.reload()
        walker.must_fit()

    def write_a_post(self) -> None:
        """A text with a product one can buy from it."""
        walker = self.walker("seller")
        walker.open("studio:post_new")
        walker.fill(body=self.cast.post, listing=str(self.bracelet.pk))
        walker.press("Publish")
        post = PostPage.objects.live().get()
        assert post.listing == self.bracelet
        walker.open("storefront:post", self.cast.handle, post.slug)
        walker.must_read(self.cast.post)

    def open_a_programme(self) -> None:
        walker = self.walker("seller")
        walker.open("studio:programme")
        walker.fill(rate=RATE_PERCENT)
        walker.press("Open the programme")

    def sell_one_thing(self) -> None:
        """The second shop adds a single product by hand."""
        cast = self.cast
        self.sell(
            "second", cast.second_handle, product=cast.second_product, price=cast.second_price
        )

    def sell(self, who: str, handle: str, *, product: str, price: str) -> None:
        walker = self.walker(who)
        walker.open("studio:product_new")
        walker.page.locator("main [name=way][value=own_products]").check(force=True)
        walker.fill(title=product, price=price, stock="5")
        walker.page.locator("main form[method=post] button").first.click()
        walker.page.wait_for_load_state()
        listing = Listing.objects.get(shop__handle=handle)
        if not listing.is_published:
            walker.open("studio:product_edit", listing.pk)
            walker.press("Publish")
        listing.refresh_from_db()
        assert listing.is_published

    # The affiliate ----------------------------------------------------------------------------

    def join_and_copy_the_link(self) -> str:
        """From the product page: share & earn, sign up, and the WhatsApp link is there."""
        walker = self.walker("affiliate")
        walker.open("storefront:product", self.cast.handle, self.bracelet.slug)
        walker.follow("Share &amp; earn <bdi>%(rate)s</bdi>")
        walker.follow("Sign up and get my link")
        walker.sign_up(name=self.cast.affiliate, email="affiliate@example.com")
        walker.press("Get my link")
        walker.must_fit()
        whatsapp = walker.page.locator("main a[href^='https://wa.me/']").first
        text = parse_qs(urlsplit(whatsapp.get_attribute("href") or "").query)["text"][0]
        assert text.startswith("«إعلان»" if self.cast.language == "ar" else "#ad"), text
        return text.split()[-1]

    # The buyer --------------------------------------------------------------------------------

    def buy_two_things_of_two_shops(self, link: str) -> None:
        """A guest inside Instagram: tap, basket, another shop, one page, pay."""
        walker = self.walker("buyer", user_agent=INSTAGRAM)
        walker.visit(urlsplit(link).path)
        assert f"/{self.cast.language}/@{self.cast.handle}/" in walker.page.url
        walker.must_read(self.cast.affiliate)
        walker.press("Put it in the basket")
        second = Listing.objects.get(shop__handle=self.cast.second_handle)
        walker.open("storefront:product", self.cast.second_handle, second.slug)
        walker.press("Put it in the basket")
        walker.open("storefront:checkout")
        walker.fill(email="buyer@example", name=self.cast.buyer)
        walker.press("Pay <bdi>%(amount)s</bdi>")
        self._mend_the_form(walker)
        walker.press("Pay <bdi>%(amount)s</bdi>")
        self.pay_on_the_hosted_page(walker)
        walker.must_fit()
        assert "/orders/" in walker.page.url

    def pay_on_the_hosted_page(self, walker: Walker) -> None:
        walker.press("Pay %(amount)s")

    def _mend_the_form(self, walker: Walker) -> None:
        """Bad input kept what was typed; the rest is filled in."""
        assert walker.page.locator("main [name=name]").input_value() == self.cast.buyer
        walker.fill(
            email="buyer@example.com",
            country="SA",
            phone="0501234567",
            city=self.cast.city,
            street=self.cast.city,
        )

    # What comes of it -------------------------------------------------------------------------

    def send_everything(self) -> None:
        """Each shop sees its own order and only that, and sends it."""
        for who, handle in (("seller", self.cast.handle), ("second", self.cast.second_handle)):
            walker, sale = self.walker(who), self.sale_of(handle)
            other = Sale.objects.exclude(pk=sale.pk).get()
            walker.open("studio:orders")
            walker.must_read(sale.order.number)
            walker.open("studio:order", sale.pk)
            walker.must_read(sale.lines.first().title)
            walker.must_not_read(other.lines.first().title)
            foreign = walker.page.goto(walker.page.url.replace(f"/{sale.pk}/", f"/{other.pk}/"))
            assert foreign is not None
            assert foreign.status == 404
            walker.open("studio:order_send", sale.pk)
            walker.fill(carrier="Aramex", tracking_number="AX1")
            walker.press("Sent")

    def let_the_refund_window_pass(self) -> None:
        """Fifteen days at the sandbox's clock, and no weekly run among the last two."""
        weekly_on = today() + dt.timedelta(days=2)
        change_policy(actor=None, payout_weekday=weekly_on.weekday())
        walker = self.walker("buyer")
        for days in (7, 1, 1, 1, 1, 1, 1, 1, 1):
            walker.open("sandbox:controls")
            walker.page.locator(f"main button[name=days][value='{days}']").click()
            walker.page.wait_for_load_state()
            forget_offset()
            self.market.let_workers_work()

    def run_payouts(self) -> None:
        """Staff sign in with a second factor and press one button."""
        make_demo_person(role="staff", name="Staff", language=self.cast.language)
        login = next(login for login in demo_logins() if login.role == "staff")
        walker = self.walker("staff")
        walker.open("studio:desk_payouts")
        walker.page.locator("summary").first.click()
        walker.fill(login=login.email, password=login.password)
        walker.press("Sign in with my password")
        walker.fill(code=login.totp_code or "")
        walker.press("Go on")
        walker.open("studio:desk_payouts")
        walker.press("Run payouts now")
        walker.confirm_who_i_am(login.password)
        for _ in range(2):
            self.market.let_workers_work()

    def statement_reads(self, who: str, payout: Payout) -> None:
        """The person's own statement page shows the amount that was paid."""
        walker = self.walker(who)
        walker.open("studio:statement", payout.pk)
        amount = f"{payout.amount.to_decimal():,.2f}"
        walker.must_read(amount.removesuffix(".00"))

    def affiliate_sees_click_order_and_date(self) -> None:
        """One click, one sale, the commission, and the day it becomes theirs."""
        walker = self.walker("affiliate")
        walker.open("studio:affiliate_home")
        commission = Commission.objects.get()
        walker.must_read(f"{commission.amount.to_decimal():,.2f}")
        walker.must_read(str(commission.expected_on.day))

    def refund_the_bracelet(self) -> None:
        """The seller gives the item back: choose, see what it means, confirm."""
        walker, sale = self.walker("seller"), self.sale_of(self.cast.handle)
        line = sale.lines.get(kind="item")
        walker.open("studio:order_refund", sale.pk)
        walker.page.locator(f"main [name=lines][value='{line.pk}']").check(force=True)
        walker.page.locator("main [name=reason_code]").first.check(force=True)
        walker.press("See what it means")
        walker.press("Give back <bdi>%(amount)s</bdi>")
        for _ in range(2):
            self.market.let_workers_work()
