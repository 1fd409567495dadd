"""Exact amounts.

Owns: amounts, currencies, and the only two divisions of money in the codebase.
Never: floats, database rows, formatting for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

RATE_WHOLE_BPS = 10_000


class MoneyError(ValueError):
    """An amount that cannot be right: unknown currency, too fine, or of two currencies."""


@dataclass(frozen=True, slots=True)
class Currency:
    """What must be known of a currency to count it.

    `exponent` is ISO 4217's number of decimals. `quantum_minor` is the finest step that card
    processors settle (Stripe: three-decimal currencies end in 0). `charge_minimum_minor` is the
    smallest amount we ask a processor for.
    """

    code: str
    exponent: int
    quantum_minor: int
    charge_minimum_minor: int


CURRENCIES: dict[str, Currency] = {
    facts.code: facts
    for facts in (
        Currency("AED", 2, 1, 200),
        Currency("BHD", 3, 10, 200),
        Currency("DZD", 2, 1, 10000),
        Currency("EGP", 2, 1, 2500),
        Currency("EUR", 2, 1, 50),
        Currency("GBP", 2, 1, 30),
        Currency("IQD", 3, 10, 1000000),
        Currency("JOD", 3, 10, 400),
        Currency("JPY", 0, 1, 50),
        Currency("KWD", 3, 10, 200),
        Currency("LYD", 3, 10, 3000),
        Currency("MAD", 2, 1, 500),
        Currency("OMR", 3, 10, 200),
        Currency("QAR", 2, 1, 200),
        Currency("SAR", 2, 1, 200),
        Currency("TND", 3, 10, 2000),
        Currency("TRY", 2, 1, 2000),
        Currency("USD", 2, 1, 50),
    )
}


def currency_facts(code: str) -> Currency:
    """The facts of a currency; MoneyError when we do not count in it."""
    try:
        return CURRENCIES[code]
    except KeyError:
        raise MoneyError(f"{code!r} is not a currency we count in") from None


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount: integer minor units of one currency. Negative amounts are allowed."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        # bool is an int in Python; True riyals would be a bug worth stopping.
        if type(self.minor) is not int:
            raise MoneyError(f"minor units must be an int, not {self.minor!r}")
        currency_facts(self.currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    @classmethod
    def from_decimal(cls, amount: Decimal, currency: str) -> Money:
        """Major units as people and Oscar write them; MoneyError when finer than the step."""
        facts = currency_facts(currency)
        minor = amount.scaleb(facts.exponent)
        if not minor.is_finite() or minor != minor.to_integral_value():
            raise MoneyError(f"{amount} has more decimals than {currency} has")
        money = cls(int(minor), currency)
        if money.minor % facts.quantum_minor:
            raise MoneyError(f"{amount} {currency} is finer than {money.quantum.to_decimal()}")
        return money

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: str) -> Money:
        """The sum of amounts of `currency`; zero when there are none."""
        result = cls.zero(currency)
        for amount in amounts:
            result += amount
        return result

    def to_decimal(self) -> Decimal:
        return Decimal(self.minor).scaleb(-self.exponent)

    @property
    def exponent(self) -> int:
        return currency_facts(self.currency).exponent

    @property
    def quantum(self) -> Money:
        """The smallest step this currency moves in."""
        return Money(currency_facts(self.currency).quantum_minor, self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, quantity: int) -> Money:
        if type(quantity) is not int:
            raise MoneyError("money is multiplied by whole quantities; for rates use at_rate()")
        return Money(self.minor * quantity, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def _same(self, other: Money) -> int:
        if not isinstance(other, Money) or other.currency != self.currency:
            raise MoneyError(f"{other!r} is not in {self.currency}")
        return other.minor

    def prorate_floor(self, part: int, whole: int) -> Money:
        """`self * part / whole`, rounded down to the quantum. Needs 0 <= part <= whole, whole > 0.

        Rates and reversals use this; whoever keeps the rest gets the rounding.
        """
        if whole <= 0 or not 0 <= part <= whole or self.minor < 0:
            raise MoneyError(f"cannot take {part}/{whole} of {self}")
        step = self.quantum.minor
        return Money(self.minor * part // (whole * step) * step, self.currency)

    def at_rate(self, rate_bps: int) -> Money:
        """The share that `rate_bps` basis points give, rounded down to the quantum."""
        return self.prorate_floor(rate_bps, RATE_WHOLE_BPS)

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Shares by weight that always sum to the whole (largest remainder, in quanta).

        Equal remainders go to the earlier share. MoneyError when no weight is positive.
        """
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0 or self.minor < 0:
            raise MoneyError(f"cannot split {self} by {list(weights)}")
        shares = [self.prorate_floor(weight, whole).minor for weight in weights]
        # The part that a share lost to rounding, times `whole` to stay in integers.
        lost = [self.minor * w - share * whole for w, share in zip(weights, shares, strict=True)]
        step = self.quantum.minor
        rest = self.minor - sum(shares)
        for index in sorted(range(len(weights)), key=lambda i: -lost[i]):
            give = min(step, rest)
            shares[index] += give
            rest -= give
        return [Money(share, self.currency) for share in shares]


def reversed_share(*, share: Money, base: Money, refunded: Money) -> Money:
    """How much of `share` is reversed once `refunded` of `base` has been given back, in all.

    Cumulative, so any order and any splitting of refunds ends at the same cent; a full refund
    reverses the whole share.
    """
    if refunded == base:
        return share
    return share.prorate_floor(refunded.minor, base.minor)
