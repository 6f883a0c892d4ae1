#!/usr/bin/python3
"""Which tests stand for which rule of docs/jabber-client-rules.md; with --write, writes their names below the rules."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = "docs/jabber-client-rules.md"
NUMBERS = range(1, 58)
FOLDERS = ["allocator", "daemon", "mcu", "packaging", "probe", "sdp", "tests", "web", "xmpp-component"]

NAME = r"(?P<rules>JC-\d+(?:, JC-\d+)*): (?P<name>[^\n]*?)"
IN_CPP = re.compile(r'(?:TEST_CASE|SUBCASE)\(\s*"' + NAME + r'"(?P<more>(?:\s*"[^"\n]*")*)\s*\)')
IN_PYTHON = re.compile(r'def test_\w+\([^)]*\):\s*"""' + NAME + r'\.?"""')
RULE = re.compile(r"^\*\*JC-(?P<number>\d+)\*\* (?P<text>.+)$")
LISTED = re.compile(r"^- `(?P<file>[^`]+)`: (?P<name>.+)$")


def tests_of_rules(root=ROOT):
    """number → [(file, name)], as the sources have them."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            pattern = {".cpp": IN_CPP, ".py": IN_PYTHON}.get(path.suffix)
            if pattern is None or not path.name.startswith("test_") or "node_modules" in path.parts:
                continue
            for match in pattern.finditer(path.read_text(encoding="utf-8")):
                more = "".join(re.findall(r'"([^"\n]*)"', match.groupdict().get("more") or ""))
                for number in re.findall(r"\d+", match["rules"]):
                    found.setdefault(int(number), []).append((str(path.relative_to(root)), match["name"] + more))
    return found


class Rule:
    """A paragraph of the document, and the tests that the document names for it."""

    def __init__(self, number, text):
        self.number, self.text, self.listed = number, text, []

    @property
    def needs_no_test(self):
        return "Not met, because" in self.text or self.text == "(There is no rule of this number.)"


def rules_in(text):
    rules = []
    for line in text.splitlines():
        if match := RULE.match(line):
            rules.append(Rule(int(match["number"]), match["text"]))
        elif match := LISTED.match(line):
            rules[-1].listed.append((match["file"], match["name"]))
    return rules


def complaints(text, tests):
    """What is wrong with the document; empty: nothing."""
    rules, wrong = rules_in(text), []
    numbers = sorted(rule.number for rule in rules)
    if numbers != list(NUMBERS):
        wrong.append(f"{DOCUMENT} does not have each of the rules JC-{NUMBERS[0]} to JC-{NUMBERS[-1]} once")
    for rule in rules:
        known = tests.get(rule.number, [])
        if not known and not rule.needs_no_test:
            wrong.append(f"JC-{rule.number} has no test; write one whose name begins with “JC-{rule.number}: ”, or say in {DOCUMENT} “Not met, because …”")
        if known and not rule.listed and not rule.needs_no_test:
            wrong.append(f"JC-{rule.number} has tests and {DOCUMENT} names none; run tests/architecture/jabber_client_rules.py --write")
        wrong += [f"{DOCUMENT} names a test of JC-{rule.number} that is no more: {file}: {name}; run "
                  "tests/architecture/jabber_client_rules.py --write" for file, name in rule.listed if (file, name) not in known]
    return wrong


def with_lists(text, tests):
    """The document with the tests of today below every rule."""
    lines = []
    for line in text.splitlines():
        if LISTED.match(line):
            continue
        lines.append(line)
        if match := RULE.match(line):
            lines += [f"- `{file}`: {name}" for file, name in tests.get(int(match["number"]), [])]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    document = ROOT / DOCUMENT
    if "--write" in sys.argv:
        document.write_text(with_lists(document.read_text(encoding="utf-8"), tests_of_rules()), encoding="utf-8")
    found = complaints(document.read_text(encoding="utf-8"), tests_of_rules())
    print("\n".join(found) or "every rule has a test or a reason")
    sys.exit(bool(found))
