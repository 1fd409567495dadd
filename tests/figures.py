"""Figures that long suites found, printed after the last test, whichever process found them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from _pytest.terminal import TerminalReporter

NAME = "figures"

Figures = Callable[[str], None]


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Figures:
    """`figures("1,000 killed, none lost")` is a line at the end of the run."""
    return lambda told: record_property(NAME, told)


def print_figures(reporter: TerminalReporter) -> None:
    """Each with its test's file, in the order in which they were found."""
    told = [
        (report.nodeid.partition("::")[0], text)
        for reports in (reporter.stats.get("passed", []), reporter.stats.get("failed", []))
        for report in reports
        for name, text in report.user_properties
        if name == NAME and report.when == "call"
    ]
    if told:
        reporter.section("figures")
    for place, text in told:
        reporter.write_line(f"{place.removeprefix('tests/')}: {text}")
