"""A dispute and an appeal, step by step: each step is one person in their browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client

from creatorhub.accounts.models import User
from creatorhub.outbox.models import SentMail
from creatorhub.payouts.services import payee_of
from creatorhub.sales.models import Appeal, Checkout, Dispute, Sale
from tests.browser.journey.cast import Cast
from tests.browser.journey.walker import Walker
from tests.factories.accounts import a_party, a_staff_user
from tests.factories.sales import a_click, an_affiliate, an_order, attempt_of, pay, send
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.studio import a_staff_browser, signed_in
from tests.live_market import LiveMarket
from tests.visitors import Visitors


@dataclass
class DisputeStory:
    """What has happened so far, and who is walking."""

    cast: Cast
    market: LiveMarket
    people: Visitors
    walkers: dict[str, Walker] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    @property
    def sale(self) -> Sale:
        found: Sale = self.things["sale"]
        return found

    @property
    def dispute(self) -> Dispute:
        return Dispute.objects.get(order=self.sale.order)

    def walker(self, who: str) -> Walker:
        """A person keeps their own browser through the story."""
        return self.walkers[who]

    def begin(self) -> None:
        """A shop sold and sent something that somebody shared."""
        shop = a_shop(owner=a_party(name=self.cast.seller, language=self.cast.language))
        listing = a_published_listing(shop=shop, title=self.cast.second_product, price=24_000)
        noor = an_affiliate(shop, rate_bps=1_000)
        order: Checkout = an_order(listing, clicks=[a_click(noor, listing)])
        (sale,) = pay(order)
        send(sale)
        self.things |= {"shop": shop, "sale": sale, "order": order, "affiliate": noor}
        staff = a_staff_user()
        staff.language = self.cast.language
        staff.save()
        self._let_in("staff", a_staff_browser(user=staff))
        self._let_in("seller", signed_in(self._user(shop.owner)))
        self._let_in("affiliate", signed_in(self._user(noor)))
        self._let_in("bank", Client())

    # The buyer's bank -------------------------------------------------------------------------

    def the_bank_takes_the_money(self) -> None:
        walker = self.walker("bank")
        walker.open("sandbox:controls")
        walker.fill(payment=attempt_of(self.things["order"]).payment_id)
        walker.press("Complain to the bank")
        walker.must_read(walker.words("The buyer has complained to their bank."))
        self.market.let_workers_work()

    def the_bank_decides(self, button: str) -> None:
        walker = self.walker("bank")
        walker.open("sandbox:controls")
        walker.press(button)
        self.market.let_workers_work()

    # The shop and the affiliate ---------------------------------------------------------------

    def the_shop_adds_its_side(self, words: str) -> None:
        """From the mail's link to the words, by way of the order."""
        told = SentMail.objects.filter(to=self._user(self.things["shop"].owner).email).latest("id")
        walker = self.walker("seller")
        assert "/studio/waiting/orders/" in told.text
        walker.open("studio:order", self.sale.pk)
        walker.must_read(walker.words("The buyer went to their bank"))
        walker.follow("Add your side")
        walker.must_fit()
        walker.fill(text=words)
        walker.press("Add your side")
        walker.must_read(walker.words("Our team sends your words along."))

    def the_shop_reads(self, english: str) -> None:
        walker = self.walker("seller")
        walker.open("studio:order_dispute", self.sale.pk, self.dispute.pk)
        walker.must_read(walker.words(english))

    def the_affiliate_reads_why_it_waits(self) -> None:
        walker = self.walker("affiliate")
        walker.open("studio:money")
        walker.must_read(
            walker.words(
                "The buyer went to their bank, and the bank took the money while it looks into it."
            )
        )

    def the_shop_appeals(self, words: str) -> None:
        walker = self.walker("seller")
        walker.open("studio:money")
        walker.follow("See why, and tell us your side")
        walker.must_fit()
        walker.fill(text=words)
        walker.press("Send it to our team")
        walker.must_read(words)

    def the_shop_reads_the_answer(self, words: str) -> None:
        walker = self.walker("seller")
        walker.page.reload()
        walker.must_fit()
        walker.must_read(words)

    # Staff ------------------------------------------------------------------------------------

    def staff_answer_the_bank(self, shops_words: str) -> None:
        walker = self.walker("staff")
        walker.open("studio:desk_disputes")
        walker.page.locator("main .link-rows a").first.click()
        walker.page.wait_for_load_state()
        walker.must_fit()
        walker.must_read("SM123")
        walker.must_read(shops_words)
        walker.press("Send this answer")
        walker.must_read(walker.words("The answer is on its way to the bank."))
        self.market.let_workers_work()

    def staff_freeze_the_shop(self, words: str) -> None:
        walker = self.walker("staff")
        walker.open("studio:desk_holds")
        walker.fill(q=self._user(self.things["shop"].owner).email)
        walker.press("Find")
        walker.open("studio:desk_freeze_payee", payee_of(party=self.things["shop"].owner).pk)
        walker.page.locator("main [name=reason_code][value=many_complaints]").check(force=True)
        walker.fill(note=words)
        walker.press("Let it wait")
        walker.must_read(words)
        self.market.let_workers_work()

    def staff_lift_it(self, words: str) -> None:
        walker = self.walker("staff")
        walker.open("studio:desk_holds")
        walker.open("studio:desk_appeal", Appeal.objects.get().pk)
        walker.fill(answer=words)
        walker.press("Let the money go")
        walker.must_fit()
        self.market.let_workers_work()

    def _let_in(self, who: str, client: Client) -> None:
        visitor = self.people.arrive(phone=self.cast.is_phone, language=self.cast.language)
        session = client.cookies.get(settings.SESSION_COOKIE_NAME)
        if session is not None:
            cookie = {"name": session.key, "value": session.value, "url": self.people.base_url}
            visitor.context.add_cookies([cookie])  # type: ignore[list-item]  # Playwright's own
        self.walkers[who] = Walker(visitor, self.cast.language)

    @staticmethod
    def _user(party: Any) -> User:
        assert isinstance(party.user, User)
        return party.user
