"""What tests of payments share."""

from tests.factories.stripe import stripe_market

__all__ = ["stripe_market"]
