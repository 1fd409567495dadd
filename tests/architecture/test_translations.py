"""Every sentence a person reads exists in Arabic, whole and certain."""

from __future__ import annotations

import re

from creatorhub.foundation.translations import missing, read_catalogue

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
ARABIC_PLURAL_FORMS = 6


def placeholders(text: str) -> set[str]:
    return {found.group(0) for found in PLACEHOLDER.finditer(text)}


def test_no_sentence_lacks_its_arabic() -> None:
    assert missing("ar") == []


def test_translations_keep_their_placeholders() -> None:
    broken = []
    for entry in read_catalogue("ar"):
        if not entry.id or isinstance(entry.id, tuple):
            continue
        if placeholders(str(entry.id)) != placeholders(str(entry.string)):
            broken.append(entry.id)
    assert broken == []


def test_plurals_have_all_arabic_forms() -> None:
    catalogue = read_catalogue("ar")
    assert catalogue.num_plurals == ARABIC_PLURAL_FORMS
    short = [
        entry.id
        for entry in catalogue
        if isinstance(entry.id, tuple) and len(entry.string) != ARABIC_PLURAL_FORMS
    ]
    assert short == []
