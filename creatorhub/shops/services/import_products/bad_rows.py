"""The rows that were refused, as a CSV that can be mended and imported again."""

from __future__ import annotations

import csv
import io

from creatorhub.shops.models import ImportRun
from creatorhub.shops.services.import_products.parse import Row, guard, read_rows
from creatorhub.shops.services.import_products.plan import option_names
from creatorhub.shops.services.import_products.problems import remarks

PROBLEM_COLUMN = "Problem"


def refused_count(run: ImportRun) -> int:
    """How many rows stay outside."""
    return len({problem["row"] for problem in run.problems if problem["is_refused"]})


def bad_rows_csv(run: ImportRun) -> str:
    """Only the refused rows, as they were, with what is wrong in a last column.

    Starts with a byte-order mark so that spreadsheets read Arabic; no cell can run as a formula.
    """
    columns, rows = read_rows(run.content)
    said: dict[int, list[str]] = {}
    for remark in remarks(run.problems):
        if remark.is_refused:
            said.setdefault(remark.row, []).append(f"{remark.column}: {remark.sentence}")
    names = [column for column in columns if column != PROBLEM_COLUMN]
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target)
    writer.writerow([*(guard(name) for name in names), PROBLEM_COLUMN])
    for row in rows:
        if row.number in said:
            cells = _complete(row, rows)
            writer.writerow(
                [guard(cells.get(name, "")) for name in names] + [" ".join(said[row.number])]
            )
    return target.getvalue()


def _complete(row: Row, rows: list[Row]) -> dict[str, str]:
    """The row with the title and option names that only its product's first row carries."""
    group = [other for other in rows if other["Handle"] == row["Handle"]] if row["Handle"] else []
    lent = {"Title": next((other["Title"] for other in group if other["Title"]), "")}
    if row["Option1 Value"]:
        lent |= {
            f"Option{n} Name": name for n, name in enumerate(option_names(group or [row]), start=1)
        }
    return row.cells | {name: row[name] or value for name, value in lent.items()}
