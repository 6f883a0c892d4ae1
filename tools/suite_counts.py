"""How many test cases passed and failed, read from what meson and pytest wrote."""

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

DOCTEST = re.compile(r"\[doctest\] test cases:\s*(\d+)\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed\s*\|\s*(\d+) skipped")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Count:
    passed: int
    failed: int

    def __add__(self, other):
        return Count(self.passed + other.passed, self.failed + other.failed)


def count_meson_test(entry):
    """One binary: its doctest cases, where it has them. A binary that died counts as one failure more."""
    good = entry["result"] in ("OK", "EXPECTEDFAIL")
    found = DOCTEST.search(COLOUR.sub("", entry.get("stdout") or ""))
    if not found:
        return Count(1, 0) if good else Count(0, 1)
    _, passed, failed, skipped = map(int, found.groups())
    count = Count(passed, failed + skipped)
    return count if good or count.failed else Count(count.passed, 1)


def count_meson_log(path):
    """A suite without a single test is a failure: something that should be there is not."""
    try:
        entries = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    except (OSError, ValueError):
        return Count(0, 1)
    return sum(map(count_meson_test, entries), Count(0, 0)) if entries else Count(0, 1)


def count_junit(path):
    try:
        suites = list(ElementTree.parse(path).getroot().iter("testsuite"))
    except (OSError, ElementTree.ParseError):
        return Count(0, 1)
    tests, bad = 0, 0
    for suite in suites:
        tests += int(suite.get("tests", 0))
        bad += sum(int(suite.get(kind, 0)) for kind in ("failures", "errors", "skipped"))
    return Count(max(tests - bad, 0), bad)
