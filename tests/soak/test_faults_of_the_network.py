"""Two pages, a Dino and six probes in one conference, one fault after another on one of them: nobody else notices.

All figures are held against those of a quiet stretch of the same run. A busy machine spoils a stretch, too, and a fault of
the product spoils every one: what is not as it was when it was quiet is tried again, beside a new quiet stretch.
ROLLCALL_FAULT_MINUTES=10 is the long run.
"""

import os

import pytest
from company import FRAME_RATE, Company
from faults import ALL, Nothing

from rig.watching import Stretch, complaints

MINUTES = float(os.environ.get("ROLLCALL_FAULT_MINUTES", "2"))
SECONDS = MINUTES * 60 / (len(ALL) + 1)
TRIES = 3


@pytest.fixture(scope="module")
def company(computer, tmp_path_factory):
    company = Company(tmp_path_factory.mktemp("faults"), computer)
    try:
        company.all_is_well()
        yield company
    finally:
        company.close()


def stretch(company, fault, seconds=SECONDS):
    """watcher → his figures while somebody has the fault and, for the last third, has just had it."""
    for watch in company.watches:
        watch.begin(fault.faulty())
    fault.begins()
    fault.lasts(min(fault.longest, seconds * 2 / 3))
    fault.ends()
    Nothing(company).lasts(max(seconds / 3, seconds - fault.longest))
    return {watch.name: watch.end() for watch in company.watches}


class Quiet:
    """The last stretch without a fault, which must be good itself: beside a bad one nothing would be noticed."""

    def __init__(self, company):
        self.company, self.figures = company, None

    def watch(self):
        for _ in range(TRIES):
            self.figures = stretch(self.company, Nothing(self.company))
            found = []
            for name, each in self.figures.items():
                found += complaints(name, Stretch(rate=FRAME_RATE, seconds=each.seconds), each)
            print(f"\n  nothing\n{shown(self.figures)}", flush=True)
            if not found:
                return
        raise AssertionError(f"no {SECONDS:.0f} s without a fault were good: {'; '.join(found)}")


@pytest.fixture(scope="module")
def quiet(company):
    quiet = Quiet(company)
    quiet.watch()
    return quiet


def shown(figures):
    return "\n".join(f"     {name:<14} {each}" for name, each in figures.items())


def attempt(company, quiet, kind, capsys):
    fault, found = kind(company), []
    try:
        figures = stretch(company, fault)
        for name, each in figures.items():
            if fault.moves_tiles:
                each.vanished = 0
            found += complaints(name, quiet.figures[name], each)
    finally:
        company.far.heals()
    with capsys.disabled():
        card = f", card after {fault.card_after:.1f} s" if hasattr(fault, "card_after") else ""
        print(f"\n  {fault.name}{card}\n{shown(figures)}" + "".join(f"\n   ! {each}" for each in found), flush=True)
    return found


@pytest.mark.parametrize("kind", ALL, ids=[kind.name for kind in ALL])
def test_nobody_else_notices(company, quiet, kind, capsys):
    for remaining in reversed(range(TRIES)):
        found = attempt(company, quiet, kind, capsys)
        company.all_is_well()
        if not found:
            break
        assert remaining, "; ".join(found)
        with capsys.disabled():
            quiet.watch()
    assert company.mcu_alive()
