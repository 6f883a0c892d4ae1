"""The architecture test itself is tested: each rule is broken once in a small house of its own."""

import check_rooms
import pytest
import rooms

TABLE = """
[foreign]
gloox = ["gloox/"]
doctest = ["doctest/"]
[[room]]
name = "cellar"
sentence = "Below."
[[room]]
name = "hall"
sentence = "Above."
arrows = ["cellar"]
foreign = ["gloox"]
"""


@pytest.fixture
def house(tmp_path):
    (tmp_path / "meson.build").write_text("subdir('cellar')\nsubdir('hall')\n")
    write(tmp_path, "cellar/wine.h", "#include <string>\n")
    write(tmp_path, "hall/door.cpp", '#include <gloox/tag.h>\n#include "cellar/wine.h"\n')
    return tmp_path


def write(root, path, text):
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text)


def complaints(root, table=TABLE):
    (root / "rooms.toml").write_text(table)
    return check_rooms.complaints(rooms.Table.read(root / "rooms.toml"), root)


def test_a_house_as_declared_has_no_complaints(house):
    assert complaints(house) == []


@pytest.mark.parametrize("path, text, complaint", [
    ("cellar/rat.cpp", '#include "hall/door.cpp"\n', "undeclared arrow cellar -> hall"),
    ("cellar/rat.cpp", "#include <gloox/jid.h>\n", "foreign header <gloox/jid.h>"),
    ("cellar/rat.cpp", "#include <doctest/doctest.h>\n", "foreign header <doctest/doctest.h>"),
    ("cellar/rat.cpp", '#include "rat.h"\n', "no file from the repository root"),
    ("cellar/rat.cpp", "std::mutex cheese;\n", "std::mutex in cellar"),
    ("cellar/rat.cpp", "int a;\n" * 301, "301 lines"),
    ("cellar/rat.cpp", "// TO" + "DO: catch it\n", "finish it"),
    ("attic/bat.cpp", "int bat;\n", "lies in no declared room"),
])
def test_a_broken_rule_is_named_with_its_file(house, path, text, complaint):
    write(house, path, text)
    found = complaints(house)
    assert any(complaint in line and path in line for line in found), found


def test_a_declared_arrow_without_an_include_is_stale(house):
    write(house, "hall/door.cpp", "#include <gloox/tag.h>\n")
    assert complaints(house) == ["rooms.toml: hall declares the arrow to cellar, which no include uses"]


def test_a_declared_foreign_header_without_an_include_is_stale(house):
    write(house, "hall/door.cpp", '#include "cellar/wine.h"\n')
    assert complaints(house) == ["rooms.toml: hall declares the foreign headers 'gloox', which no include uses"]


def test_two_rooms_that_include_one_another_are_a_cycle(house):
    write(house, "cellar/rat.cpp", '#include "hall/door.cpp"\n')
    assert any(line.startswith("cycle: cellar -> hall -> cellar") for line in complaints(house))


def test_an_order_of_building_against_the_arrows_is_a_complaint(house):
    (house / "meson.build").write_text("subdir('hall')\nsubdir('cellar')\n")
    assert any("in another order" in line for line in complaints(house))


def test_an_include_in_a_comment_or_a_thread_in_a_comment_does_not_count(house):
    write(house, "cellar/rat.cpp", '// #include "hall/door.cpp"\n/* std::thread\n */ int a;\n')
    assert complaints(house) == []


def test_a_test_file_may_include_doctest(house):
    write(house, "cellar/test_wine.cpp", "#include <doctest/doctest.h>\n")
    assert complaints(house) == []
