"""What a processor still asks of a recipient, in words. Its own names say it in code (Stripe:
"individual.verification.document"); several of them are one thing to a person.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.reasons import Words

# The first that fits decides; more special ones come first.
WORDS: tuple[tuple[str, Words], ...] = (
    ("verification", _("A picture of your passport or identity card")),
    ("external_account", _("The bank account your money goes to")),
    ("bank_account", _("The bank account your money goes to")),
    ("payout_method", _("The bank account your money goes to")),
    ("address", _("Your address")),
    ("dob", _("Your date of birth")),
    ("date_of_birth", _("Your date of birth")),
    ("id_number", _("Your identity number")),
    ("ssn", _("Your identity number")),
    ("phone", _("Your phone number")),
    ("email", _("Your e-mail address")),
    ("tos_acceptance", _("Your agreement to the provider's terms")),
    ("terms_of_service", _("Your agreement to the provider's terms")),
    ("name", _("Your full name")),
    ("company", _("Facts about your company")),
    ("business", _("What you sell")),
)
SOMETHING_ELSE = _("Something that the provider's page explains")


def in_words(due: Iterable[str]) -> list[Words]:
    """Each thing once, in the order it was asked for."""
    named = [_word(code) for code in due]
    return list(dict.fromkeys(named))


def _word(code: str) -> Words:
    return next((words for part, words in WORDS if part in code), SOMETHING_ELSE)
