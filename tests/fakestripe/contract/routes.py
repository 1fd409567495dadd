"""Every route stripe-python can call, read from the source of its services.

A service's method names its path, the TypedDict of its parameters and the class of its answer:
    def create(self, params: "TransferCreateParams", …) -> "Transfer":
        … self._request("post", "/v1/transfers", …)
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import stripe

PACKAGE = Path(stripe.__file__).parent


@dataclass(frozen=True, slots=True)
class Name:
    """A class by where it lives, imported only when it is needed."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class Route:
    """One call of the API. `params` is None where it takes none; `answer` is an annotation."""

    method: str
    path: str
    service: str
    params: Name | None
    answer: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches an address of this route; the groups are the ids in it."""
        literal, *rest = re.split(r"\{\w+\}", self.path)
        return re.compile(re.escape(literal) + "".join(r"([^/]+)" + re.escape(p) for p in rest))


@cache
def routes() -> dict[tuple[str, str], Route]:
    """Method and path to route, for the whole API."""
    return {
        (route.method, route.path): route
        for source in sorted(PACKAGE.rglob("*_service.py"))
        if source.name != "_stripe_service.py"
        for route in _routes_of(source)
    }


def _routes_of(source: Path) -> Iterator[Route]:
    module = ".".join(["stripe", *source.relative_to(PACKAGE).with_suffix("").parts])
    tree = ast.parse(source.read_text())
    imported = {
        alias.asname or alias.name: Name(node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for method in ast.walk(tree):
        if isinstance(method, ast.FunctionDef):
            for verb, path in _calls_in(method):
                params = imported.get(_params_class(method))
                yield Route(verb, path, module, params, _answer_of(method))


def _calls_in(method: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    for node in ast.walk(method):
        match node:
            case ast.Call(func=ast.Attribute(attr="_request"), args=[verb, path, *_]):
                yield _text(verb).upper(), _text(path)


def _text(node: ast.expr) -> str:
    """The literal itself, or the template of "…{id}…".format(id=…)."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = node.func.value
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _params_class(method: ast.FunctionDef) -> str:
    for argument in method.args.args:
        if argument.arg == "params" and argument.annotation is not None:
            found = re.search(r"\w+Params", ast.unparse(argument.annotation))
            return found.group() if found else ""
    return ""


def _answer_of(method: ast.FunctionDef) -> str:
    """The annotation without the quotes it stands in."""
    return str(ast.literal_eval(method.returns)) if method.returns is not None else "None"
