"""Every sentence a person reads exists in Arabic, whole and certain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from creatorhub.foundation.translations import missing, read_catalogue

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%%")
TAG = re.compile(r"</?\w+[^>]*>")
ARABIC = re.compile(r"[\u0600-\u06ff]")
LATIN = re.compile(r"[A-Za-z]{2}")
ARABIC_PLURAL_FORMS = 6
FORMS_THAT_SPELL_THE_NUMBER = 3  # None, one and two are words in Arabic.
NAMES_THAT_STAY = {"WT.Social"}


def marks(text: str) -> Counter[str]:
    """Placeholders and tags, which no translation may lose or invent."""
    return Counter(found.group(0) for found in PLACEHOLDER.finditer(text)) + Counter(
        TAG.findall(text)
    )


def pairs() -> Iterator[tuple[str, str]]:
    """English and Arabic of every sentence that has no plural."""
    for entry in read_catalogue("ar"):
        if entry.id and isinstance(entry.id, str):
            yield entry.id, str(entry.string)


def plurals() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """English and Arabic forms of every sentence that counts."""
    for entry in read_catalogue("ar"):
        if isinstance(entry.id, tuple):
            yield entry.id, tuple(entry.string or ())


def test_no_sentence_lacks_its_arabic() -> None:
    assert missing("ar") == []


def test_translations_keep_their_placeholders_and_tags() -> None:
    assert [english for english, arabic in pairs() if marks(english) != marks(arabic)] == []


def test_translations_are_written_in_arabic() -> None:
    latin = [arabic for _, arabic in pairs() if LATIN.search(arabic) and not ARABIC.search(arabic)]
    assert set(latin) == NAMES_THAT_STAY


def test_plurals_have_all_arabic_forms() -> None:
    assert read_catalogue("ar").num_plurals == ARABIC_PLURAL_FORMS
    assert [english for english, forms in plurals() if len(forms) != ARABIC_PLURAL_FORMS] == []


def test_each_plural_form_says_what_the_english_says() -> None:
    broken = []
    for english, forms in plurals():
        known = set(marks(english[0])) | set(marks(english[-1]))
        spelled = forms[:FORMS_THAT_SPELL_THE_NUMBER]
        counted = forms[FORMS_THAT_SPELL_THE_NUMBER:]
        if any(not set(marks(form)) <= known for form in spelled):
            broken.append(english)
        if any(set(marks(form)) != set(marks(english[-1])) for form in counted):
            broken.append(english)
    assert broken == []
