"""Small wrong changes of a module, one at a time: a comparison, a sign, a number, a word, a step.

mutmut and cosmic-ray were tried. mutmut 3 leaves out decorated functions, and every service here
has a decorator; cosmic-ray starts Python anew for each change, which takes Django three seconds.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from types import CodeType, FunctionType
from typing import Any

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


@dataclass(frozen=True)
class Change:
    """What is wrong in which line of which function; `code` is that function's, changed."""

    module: str
    function: str
    line: int
    before: str
    after: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.function}: {self.before} → {self.after}"


def changes_of(module: str) -> Iterator[Change]:
    """Every change of every function of a module, in the order of its lines."""
    source = inspect.getsource(import_module(module))
    tree = ast.parse(source)
    for function, path in _functions(tree.body, ""):
        for node in _inside(function):
            for after in _wrong(node):
                yield from _change(module, tree, path, node, after)


def apply(change: Change) -> None:
    """In this process, for good: everybody who holds the function holds the wrong one."""
    found: Any = import_module(change.module)
    for name in change.function.split("."):
        found = inspect.getattr_static(found, name)
    _plain(found).__code__ = change.code


def _plain(found: Any) -> FunctionType:
    """The function under its decorators."""
    if isinstance(found, property):
        found = found.fget
    found = inspect.unwrap(getattr(found, "__func__", found))
    assert isinstance(found, FunctionType)
    return found


def _functions(body: list[ast.stmt], prefix: str) -> Iterator[tuple[ast.FunctionDef, str]]:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield node, f"{prefix}{node.name}"
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{prefix}{node.name}.")


def _inside(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of its body without its words; decorators and annotations decide nothing here."""
    for statement in function.body:
        is_words = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not is_words:
            yield from _deciding(statement)


def _deciding(node: ast.AST) -> Iterator[ast.AST]:
    """Of an error that is raised, its words decide nothing."""
    yield node
    for part in ast.iter_child_nodes(node):
        if not isinstance(node, ast.Raise) and not isinstance(part, ast.JoinedStr):
            yield from _deciding(part)


def _wrong(node: ast.AST) -> Iterator[dict[str, Any]]:
    """Which fields of a node to set to what."""
    for kind, wrong in WRONG:
        if isinstance(node, kind):
            yield from wrong(node)


def _wrong_comparison(node: Any) -> Iterator[dict[str, Any]]:
    yield {"ops": [COMPARISONS[type(node.ops[0])](), *node.ops[1:]]}


def _wrong_operator(node: Any) -> Iterator[dict[str, Any]]:
    if type(node.op) in OPERATORS:
        yield {"op": OPERATORS[type(node.op)]()}


def _wrong_unary(node: Any) -> Iterator[dict[str, Any]]:
    is_not = isinstance(node.op, ast.Not)
    yield {"operand": ast.UnaryOp(ast.Not(), node.operand)} if is_not else {"op": ast.UAdd()}


def _wrong_branch(node: Any) -> Iterator[dict[str, Any]]:
    yield {"test": ast.UnaryOp(ast.Not(), node.test)}


def _wrong_value(node: Any) -> Iterator[dict[str, Any]]:
    """What is returned, or a step that is done."""
    if isinstance(node, ast.Return) or isinstance(node.value, ast.Call):
        yield {"value": ast.Constant(None)}


def _wrong_constant(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node.value, bool):
        yield {"value": not node.value}
    elif isinstance(node.value, int):
        yield {"value": node.value + 1}
    elif isinstance(node.value, str) and node.value:
        yield {"value": f"XX{node.value}"}


WRONG: tuple[tuple[Any, Callable[[Any], Iterator[dict[str, Any]]]], ...] = (
    (ast.Compare, _wrong_comparison),
    (ast.BinOp | ast.AugAssign | ast.BoolOp, _wrong_operator),
    (ast.UnaryOp, _wrong_unary),
    (ast.If | ast.IfExp, _wrong_branch),
    (ast.Return | ast.Expr, _wrong_value),
    (ast.Constant, _wrong_constant),
)


def _change(
    module: str, tree: ast.Module, path: str, node: ast.AST, after: dict[str, Any]
) -> Iterator[Change]:
    before_text = ast.unparse(node)
    kept = {name: getattr(node, name) for name in after}
    for name, value in after.items():
        setattr(node, name, value)
    try:
        after_text = ast.unparse(node)
        whole = compile(ast.fix_missing_locations(tree), f"<{module}>", "exec")
    finally:
        for name, value in kept.items():
            setattr(node, name, value)
    line = getattr(node, "lineno", 0)
    first = (before_text.splitlines() or [""])[0], (after_text.splitlines() or [""])[0]
    yield Change(module, path, line, *first, _find(whole, path.split(".")))


def _find(code: CodeType, names: list[str]) -> CodeType:
    for name in names:
        code = next(
            one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == name
        )
    return code
