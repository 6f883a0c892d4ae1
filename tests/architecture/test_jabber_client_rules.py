"""Every rule of the Jabber clients has a test of its name or a reason why it is not met."""

import jabber_client_rules as rules

TEXT = """**JC-1** One address.
- `a/test_a.cpp`: from one address

**JC-2** Available.
- `a/test_a.cpp`: is there
"""


def test_every_rule_has_a_test_or_a_reason_and_no_test_is_named_that_is_gone():
    text = (rules.ROOT / rules.DOCUMENT).read_text(encoding="utf-8")
    assert rules.complaints(text, rules.tests_of_rules()) == []


def test_a_rule_without_test_and_reason_is_complained_of():
    assert any("JC-2 has no test" in line for line in rules.complaints(TEXT, {1: [("a/test_a.cpp", "from one address")]}))
    reason = TEXT.replace("Available.", "Available. Not met, because nobody asked.")
    assert not any("JC-2 has no test" in line for line in rules.complaints(reason, {}))


def test_a_named_test_that_is_gone_is_complained_of():
    tests = {1: [("a/test_a.cpp", "from one address")], 2: [("a/test_a.cpp", "was there")]}
    assert [line for line in rules.complaints(TEXT, tests) if "is no more" in line and "is there" in line]
    assert rules.with_lists(TEXT, tests).count("was there") == 1


def test_names_are_found_in_both_languages_of_tests(tmp_path):
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_a.cpp").write_text('TEST_CASE("JC-3, JC-4: both") {\nTEST_CASE(\n    "JC-5: a name of "\n    "two lines") {')
    (folder / "test_b.py").write_text('def test_it(x):\n    """JC-4: in Python."""\n')
    assert rules.tests_of_rules(tmp_path) == {3: [("tests/test_a.cpp", "both")], 5: [("tests/test_a.cpp", "a name of two lines")],
                                              4: [("tests/test_a.cpp", "both"), ("tests/test_b.py", "in Python")]}
