"""What a value should look like, resolved from the annotations of the generated classes."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import typing
from functools import cache
from types import UnionType
from typing import Any, ForwardRef

import typing_extensions

Hint = Any
"""A resolved annotation; typing has no type for these."""

UNIONS = (typing.Union, UnionType)


def origin_of(hint: Hint) -> Any:
    """typing.get_origin, whose own type promises less than it answers."""
    return typing.get_origin(hint)


@cache
def names_of(module_name: str) -> dict[str, Any]:
    """What an annotation in this module may name, also what is imported for type checkers only."""
    module = importlib.import_module(module_name)
    names = {**vars(typing), **vars(typing_extensions), **vars(module)}
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stripe"):
            for alias in node.names:
                found = _member(node.module or "", alias.name)
                names.setdefault(alias.asname or alias.name, found)
    return names


def _member(module_name: str, name: str) -> Any:
    return getattr(importlib.import_module(module_name), name)


def resolve(hint: Hint, module_name: str) -> Hint:
    """A hint with its name looked up; NameError when the module knows no such name."""
    if isinstance(hint, ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        # Generated code, installed with its hash: as trusted as any import of it.
        return eval(_without_subscript(hint), names_of(module_name))  # noqa: S307
    return hint


def _without_subscript(text: str) -> str:
    """`UntypedStripeObject[str]` cannot be subscripted at runtime everywhere; it is any mapping."""
    return re.sub(r"UntypedStripeObject\[\w+\]", "Dict[str, Any]", text)


def fields_of(shape: type) -> dict[str, Hint]:
    """The annotated fields of a class and its parents, unresolved."""
    found: dict[str, Hint] = {}
    for parent in reversed(shape.__mro__):
        if parent.__module__.startswith("stripe"):
            found |= inspect.get_annotations(parent)
    return {name: hint for name, hint in found.items() if not name.startswith("_")}


def literals_in(hint: Hint) -> set[Any]:
    """Every literal value a union offers; empty when it offers none."""
    found: set[Any] = set()
    for part in typing.get_args(hint) if origin_of(hint) in UNIONS else (hint,):
        if origin_of(part) in (typing.Literal, typing_extensions.Literal):
            found |= set(typing.get_args(part))
    return found


def is_optional(hint: Hint) -> bool:
    return origin_of(hint) in UNIONS and type(None) in typing.get_args(hint)


def parts_of(hint: Hint) -> list[Hint]:
    """What a union offers besides null and literal words."""
    if origin_of(hint) not in UNIONS:
        return []
    parts = typing.get_args(hint)
    return [part for part in parts if part is not type(None) and not literals_in(part)]
