"""The house itself: rooms.toml against every include of the project."""

import check_rooms
import rooms


def test_every_include_is_a_declared_arrow_and_every_declared_arrow_is_used():
    table = rooms.Table.read(check_rooms.ROOT / "tests/architecture/rooms.toml")
    assert check_rooms.complaints(table) == []
