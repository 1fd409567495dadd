"""Ready words to post, in every language of the market.

A caption of somebody who may earn starts with the label of its language. There is no way to ask
for such a caption without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from creatorhub.foundation.amounts import format_money
from creatorhub.social_share.graphemes import shorten
from creatorhub.social_share.subjects import Subject

# Read by audiences and regulators in these very words; not a matter of translation.
DISCLOSURES: Mapping[str, str] = {"en": "#ad", "ar": "«إعلان»"}
LONGEST_SUMMARY = 140


@dataclass(frozen=True, slots=True)
class Caption:
    """Words to post next to a link, in one language."""

    language: str
    text: str

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"


def captions_of(subject: Subject, *, is_sponsored: bool, first: str) -> tuple[Caption, ...]:
    """One caption per language of the market, `first` in front."""
    languages = [code for code, _name in settings.LANGUAGES]
    ordered = sorted(languages, key=lambda code: code != first)
    return tuple(Caption(code, _words(subject, code, is_sponsored)) for code in ordered)


def _words(subject: Subject, language: str, is_sponsored: bool) -> str:
    with override(language):
        line = _line(subject, language)
    summary = shorten(subject.summary, LONGEST_SUMMARY) if subject.language == language else ""
    text = f"{line}\n{summary}" if summary else line
    return f"{DISCLOSURES[language]} {text}" if is_sponsored else text


def _line(subject: Subject, language: str) -> str:
    facts = {"title": subject.title, "shop": subject.shop.name}
    if subject.kind == "shop":
        return _("%(shop)s has opened a shop. Have a look:") % facts
    if subject.price is None:
        return _("%(title)s, by %(shop)s") % facts
    return _("%(title)s, %(price)s at %(shop)s") % {**facts, "price": format_money(subject.price)}
