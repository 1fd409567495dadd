"""A bank account number that cannot be right is refused where it was typed, with a sentence."""

from __future__ import annotations

import pytest
from django.utils import translation

from creatorhub.payouts.bank_numbers import BankNumberError, check_numbers, has_iban, needs_bic
from tests.factories.rails import GERMAN_IBAN, SAUDI_IBAN

# The examples of the registry of IBANs.
IBANS = {
    "SA": SAUDI_IBAN,
    "DE": GERMAN_IBAN,
    "AE": "AE07 0331 2345 6789 0123 456",
    "EG": "EG380019000500000000263180002",
    "KW": "KW81CBKU0000000000001234560101",
    "JO": "JO94CBJO0010000000000131000302",
    "TN": "TN59 1000 6035 1835 9847 8831",
    "GB": "GB29 NWBK 6016 1331 9268 19",
}


@pytest.mark.parametrize(("country", "iban"), IBANS.items())
def test_an_iban_is_kept_without_spaces(country, iban) -> None:
    checked = check_numbers(country=country, number=iban.lower())
    assert (checked.number, checked.is_iban) == (iban.replace(" ", ""), True)


@pytest.mark.parametrize(
    ("country", "number", "words"),
    [
        ("SA", "SA03 8000 0000 6080 1016 7518", "missing or mistyped"),
        ("SA", "SA03 8000 0000", "missing or mistyped"),
        ("SA", GERMAN_IBAN, "another country"),
        ("SA", "hello", "mistyped"),
        ("MA", "123", "not an account number"),
        ("US", "12", "not an account number"),
    ],
)
def test_a_number_that_cannot_be_right_is_named(country, number, words) -> None:
    with translation.override("en"), pytest.raises(BankNumberError, match=words) as caught:
        check_numbers(country=country, number=number)
    assert caught.value.field == "number"


def test_countries_without_iban_have_their_own_numbers() -> None:
    assert not has_iban("MA")
    assert needs_bic("MA")
    rib = "0" * 24
    with pytest.raises(BankNumberError, match="BIC") as caught:
        check_numbers(country="MA", number=rib)
    assert caught.value.field == "bic"
    assert check_numbers(country="MA", number=rib, bic="BCMAMAMC").bic == "BCMAMAMC"


def test_a_routing_number_has_a_check_digit() -> None:
    good = check_numbers(country="US", number="123456789", bank_code="021000021")
    assert good.bank_code == "021000021"
    for code in ("021000022", "12"):
        with pytest.raises(BankNumberError) as caught:
            check_numbers(country="US", number="123456789", bank_code=code)
        assert caught.value.field == "bank_code"


@pytest.mark.parametrize("bic", ["NCBK", "NCBKDEFF"])
def test_a_bic_has_its_shape_and_its_country(bic) -> None:
    with pytest.raises(BankNumberError) as caught:
        check_numbers(country="SA", number=SAUDI_IBAN, bic=bic)
    assert caught.value.field == "bic"
