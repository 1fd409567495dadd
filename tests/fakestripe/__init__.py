"""A stateful stand-in for Stripe: real HTTP on this machine, judged by stripe-python's own types.

    from tests.factories.stripe import stripe_market      # a pytest fixture, see there

    def test_a_buyer_pays(stripe_market):
        fake = stripe_market                               # gateway "stripe" speaks to it
        page = gateway("stripe").create_checkout(…)
        charge = fake.pay(page.provider_id)                # or fake.decline, fake.pay_later …
        fake.deliver_events(shuffled=7, twice=True)        # into /webhooks/stripe/, 400s included
        dispute = fake.open_dispute(charge)                # fake.lose_dispute(dispute) …

What others do is in `acts.py` (buyers, banks, recipients, time), what goes wrong in `faults.py`:

    fake.fail_next(Fault.SILENT_AFTER, path="/v1/transfers")   # done, but nobody hears of it
    fake.prune_keys()                                          # a day later

A browser pays at the page's address and is onboarded at the link's address, by pressing buttons.

Every request must name a route of the generated services and satisfy its TypedDict; every answer
must satisfy its resource class (`contract/`). A breach is answered as an error and kept in
`fake.complaints`, which the fixtures want empty. A route that is not in `endpoints/` fails.

What the fake guesses, because it could not be seen at Stripe (never assert on it): the words of
refusals for three-decimal amounts, for transfers beyond their charge and for refused reversals.
"""

from tests.fakestripe.fake import FakeStripe
from tests.fakestripe.faults import Fault
from tests.fakestripe.world import Habits

__all__ = ["FakeStripe", "Fault", "Habits"]
