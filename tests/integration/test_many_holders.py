"""JC-10: after a restart of `rollcall` everybody who has its contacts gets their presence, at a steady pace. The figures
for many people are tests/bench/restart.py's; this sees to it that it runs, and that nobody is forgotten."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

import restart  # noqa: E402


def test_presence_after_a_restart(server_kind, tmp_path):
    """JC-10: every holder of every conference gets its presence after a restart of rollcall."""
    case = restart.Case(server_kind.kind, 25, 20, tmp_path)
    try:
        _, arrivals, _, _ = case.run(seconds=120)
        assert len(arrivals) >= case.size
    finally:
        case.close()
