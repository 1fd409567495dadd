"""Collecting and compiling the sentences people read.

Written by hand because Django's own commands need the gettext programs, which a newcomer's machine
may lack; Babel reads and writes the same files in Python.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Found = tuple[str, int, str | tuple[str, ...], str | None]


def catalogue_path(language: str) -> Path:
    """Where a language's sentences are kept."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def sentences() -> Iterator[Found]:
    """Every sentence of our own code and templates: file, line, message, context."""
    root = Path(settings.PROJECT_ROOT)
    for path in sorted((root / "creatorhub").rglob("*.py")):
        yield from _found_in(path.relative_to(root), path.read_text(encoding="utf-8"))
    for pattern in ("*.html", "*.txt"):
        for path in sorted((root / "templates").rglob(pattern)):
            source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # What is left of the markup is indented as no Python is.
            flat = "\n".join(line.lstrip() for line in source.splitlines())
            yield from _found_in(path.relative_to(root), flat)


def collect(language: str) -> Catalog:
    """The language's catalogue brought up to date: new sentences added, unused ones dropped."""
    fresh = Catalog(charset="utf-8", fuzzy=False)
    for name, _line, message, context in sentences():
        fresh.add(message, locations=[(name, 0)], context=context)
    catalogue = read_catalogue(language)
    catalogue.update(fresh, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def missing(language: str) -> list[str]:
    """Sentences of ours that the language lacks, or has only as a guess."""
    catalogue = read_catalogue(language)
    wanted = {(message, context) for _name, _line, message, context in sentences()}
    lacking = []
    for message, context in wanted:
        first = message if isinstance(message, str) else message[0]
        entry = catalogue.get(first, context)
        complete = entry is not None and not entry.fuzzy and _is_filled(entry.string)
        if not complete:
            lacking.append(first)
    return sorted(lacking)


def read_catalogue(language: str) -> Catalog:
    """The catalogue on disk, or an empty one."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def write_catalogue(language: str, catalogue: Catalog) -> None:
    """Write the catalogue sorted, without line numbers, so that changes stay small."""
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, sort_by_file=True, width=100, include_lineno=False)
    path.write_bytes(buffer.getvalue())


def compile_language(language: str) -> Path:
    """Make the binary file that Django reads. Returns its path."""
    target = catalogue_path(language).with_suffix(".mo")
    buffer = io.BytesIO()
    write_mo(buffer, read_catalogue(language))
    target.write_bytes(buffer.getvalue())
    return target


def _found_in(name: Path, source: str) -> Iterator[Found]:
    file = io.BytesIO(source.encode())
    for line, message, _comments, context in extract("python", file, keywords=KEYWORDS):
        yield str(name), line, message, context


def _is_filled(translation: str | tuple[str, ...] | list[str] | None) -> bool:
    if not translation:
        return False
    return isinstance(translation, str) or all(translation)
