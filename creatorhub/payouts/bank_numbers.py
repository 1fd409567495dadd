"""Whether a bank account number can be right, before money is sent to it.

IBANs by country and BICs are checked with python-stdnum (the registry of SWIFT, ISO 13616 and
ISO 9362); countries without IBAN by the shape their banks use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from stdnum import bic as bics
from stdnum import iban as ibans
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.us import rtn


@dataclass(frozen=True, slots=True)
class Checked:
    """Numbers without spaces, as banks write them."""

    number: str
    is_iban: bool
    bank_code: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True)
class LocalNumber:
    """An account number without IBAN. `code` is the shape of a bank's code, where one is needed."""

    number: str
    code: str = ""
    needs_bic: bool = False


class BankNumberError(ValueError):
    """What cannot be right, in a sentence; `field` is number, bank_code or bic."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


# Countries whose banks have no IBAN (python-stdnum's copy of the registry names none for them).
# Morocco's RIB has 24 digits, Algeria's 20; of Syria and the Comoros we know no fixed shape.
LOCAL: dict[str, LocalNumber] = {
    "MA": LocalNumber(r"\d{24}", needs_bic=True),
    "DZ": LocalNumber(r"\d{20}", needs_bic=True),
    "SY": LocalNumber(r"[0-9A-Z]{5,34}", needs_bic=True),
    "KM": LocalNumber(r"[0-9A-Z]{5,34}", needs_bic=True),
    "US": LocalNumber(r"\d{4,17}", code=r"\d{9}"),
    "CA": LocalNumber(r"\d{5,12}", code=r"\d{8,9}"),
    "JP": LocalNumber(r"\d{7}", code=r"\d{7}"),
}


def has_iban(country: str) -> bool:
    """Whether account numbers of this country are IBANs."""
    return country not in LOCAL


def needs_bank_code(country: str) -> bool:
    return bool(country in LOCAL and LOCAL[country].code)


def needs_bic(country: str) -> bool:
    return country in LOCAL and LOCAL[country].needs_bic


def check_numbers(*, country: str, number: str, bank_code: str = "", bic: str = "") -> Checked:
    """The numbers in their plain form; BankNumberError says what cannot be right, and where."""
    plain = re.sub(r"[\s-]", "", number).upper()
    code = re.sub(r"[\s-]", "", bank_code)
    known_bic = _check_bic(country, bic)
    if has_iban(country):
        return Checked(_check_iban(country, plain), is_iban=True, bic=known_bic)
    _check_local(country, plain, code)
    if needs_bic(country) and not known_bic:
        raise BankNumberError("bic", _("Banks abroad need the BIC (SWIFT code) of your bank."))
    return Checked(plain, is_iban=False, bank_code=code, bic=known_bic)


def _check_iban(country: str, plain: str) -> str:
    if re.match(r"[A-Z]{2}\d{2}", plain) and plain[:2] != country:
        raise BankNumberError(
            "number", _("This IBAN is of another country than the one chosen above.")
        )
    try:
        return str(ibans.validate(plain))
    except (InvalidLength, InvalidChecksum) as error:
        raise BankNumberError(
            "number", _("A digit of this IBAN is missing or mistyped: its check does not fit.")
        ) from error
    except ValidationError as error:
        raise BankNumberError("number", _("This is not an IBAN of this country.")) from error


def _check_local(country: str, plain: str, code: str) -> None:
    shape = LOCAL[country]
    if not re.fullmatch(shape.number, plain):
        raise BankNumberError("number", _("This is not an account number of this country."))
    if shape.code and not re.fullmatch(shape.code, code):
        raise BankNumberError("bank_code", _("This is not a code of a bank in this country."))
    if country == "US" and not rtn.is_valid(code):
        raise BankNumberError(
            "bank_code", _("A digit of this routing number is mistyped: its check does not fit.")
        )


def _check_bic(country: str, bic: str) -> str:
    if not bic.strip():
        return ""
    try:
        plain = str(bics.validate(bic))
    except ValidationError as error:
        raise BankNumberError(
            "bic", _("A BIC has 8 or 11 letters and digits, such as NCBKSAJE.")
        ) from error
    if plain[4:6] != country:
        raise BankNumberError("bic", _("This BIC is of a bank in another country."))
    return plain
