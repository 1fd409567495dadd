"""The whole loop when money moves at a processor: its hosted page, its onboarding, its news."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import expect

from creatorhub.foundation.clock import forget_offset
from creatorhub.payouts.models import Payee
from creatorhub.shops.models import Listing
from tests.browser.journey.story import Story
from tests.browser.journey.walker import Walker
from tests.fakestripe import FakeStripe

PRODUCT = "Anchor bracelet"
PRICE = "69"
COUNTRY = "GB"


@dataclass(kw_only=True)
class StripeStory(Story):
    """`fake` is where money moves; its news arrives late, twice and out of order."""

    fake: FakeStripe
    deliveries: int = field(default=0)

    @property
    def bracelet(self) -> Listing:
        return Listing.objects.get(shop__handle=self.cast.handle)

    def sell_the_bracelet(self) -> None:
        self.sell("seller", self.cast.handle, product=PRODUCT, price=PRICE)

    def hear_the_news(self) -> None:
        """Everything that happened at the processor, shuffled and doubled, then the workers."""
        self.deliveries += 1
        news = self.fake.deliver_events(shuffled=self.deliveries, twice=True)
        assert {delivery.status for delivery in news} <= {200}
        forget_offset()
        self.market.let_workers_work()

    # The buyer --------------------------------------------------------------------------------

    def pay_on_the_hosted_page(self, walker: Walker) -> None:
        """One card is declined; the next one's bank wants to know that it is them."""
        assert walker.page.url.startswith(f"{self.fake.address}/pay/")
        self._press(walker, "Pay with a declined card")
        expect(walker.page.get_by_role("alert")).to_contain_text("declined")
        self._press(walker, "Pay with 3-D Secure")
        self._press(walker, "Complete authentication")

    @property
    def charge(self) -> str:
        (charge,) = self.fake.objects("charge")
        return str(charge["id"])

    # Being paid -------------------------------------------------------------------------------

    def choose_to_be_paid_through_stripe(self, who: str) -> None:
        """Country, then the processor's own page, and back: ready."""
        walker = self.walker(who)
        walker.open("studio:payout_settings")
        walker.fill(country=COUNTRY)
        walker.press("Show its ways")
        walker.press("Begin with the provider")
        assert walker.page.url.startswith(f"{self.fake.address}/setup/")
        self._press(walker, "Give everything that is asked for")
        walker.must_fit()
        walker.must_read(walker.words("The provider has all it needs. You can be paid."))

    def paid_at_the_processor(self) -> dict[str, int]:
        """What arrived with each payee there, in minor units, less what was taken back."""
        names = {payee.destination: payee.party.name for payee in Payee.objects.all()}
        arrived: dict[str, int] = {}
        for transfer in self.fake.objects("transfer"):
            name = names[transfer["destination"]]
            kept = transfer["amount"] - transfer["amount_reversed"]
            arrived[name] = arrived.get(name, 0) + kept
        return arrived

    def _press(self, walker: Walker, words: str) -> None:
        """A button of the processor's page, which speaks English only."""
        walker.page.get_by_role("button", name=words).click()
        walker.page.wait_for_load_state()
