"""Fifty people come and go in a running conference: nothing of them stays. And an MCU that nobody uses does nothing."""

import os
import time
from pathlib import Path

import pytest

from rig.prosody import Prosody
from rig.stage import COLOURS, Stage

WARM_UP, JOINS = 10, 50
MOST_MORE_KB = 2048
IDLE_SECONDS = 10
MOST_MORE_TICKS = 10  # of 10 s of CPU time, which are 1000
MOST_MORE_IDLE_KB = 4096


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    folder = tmp_path_factory.mktemp("soak")
    # A small picture, slowly: it is not the mixing that is measured.
    stage = Stage(Prosody(folder / "server").start(), folder,
                  mcu={"width": 320, "height": 180, "frame_rate": 10, "calibrate": True},
                  log={"level": "information"}, control={"transcript": ""})
    try:
        stage.rollcall.start()
        yield stage
    finally:
        stage.close()


class Figures:
    """What a process holds at the moment."""

    def __init__(self, pid):
        status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        self.threads = int(status["Threads"])
        self.descriptors = len(os.listdir(f"/proc/{pid}/fd"))
        self.kilobytes = int(status["VmRSS"].split()[0])
        self.own_kilobytes = int(status["RssAnon"].split()[0])  # without the libraries, which are read as they are used

    def __str__(self):
        return f"{self.threads:>3} threads, {self.descriptors:>3} descriptors, {self.kilobytes:>6} kB"

    def is_back_at(self, before):
        return self.threads <= before.threads and self.descriptors <= before.descriptors


def processes_of(stage):
    return {"rollcall": stage.rollcall.rollcall, "rollcall-mcu": stage.rollcall.mcu, "rollcall-web": stage.rollcall.web}


def figures_of(stage):
    return {name: Figures(process.pid) for name, process in processes_of(stage).items()}


def figures_at_rest(stage, seconds=5):
    """Twice the same threads and descriptors, a while apart: what the last one left is cleared away."""
    last = figures_of(stage)
    while True:
        time.sleep(seconds)
        figures = figures_of(stage)
        if all(figures[name].is_back_at(last[name]) and last[name].is_back_at(figures[name]) for name in figures):
            return figures
        last = figures


def figures_when_back(stage, before, seconds=30):
    """As soon as all threads and descriptors are where they were; at the latest after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        now = figures_of(stage)
        if all(now[name].is_back_at(before[name]) for name in now) or time.monotonic() > deadline:
            return now
        time.sleep(0.5)


def comes_and_goes(stage, team, user):
    visitor = stage.probe("visitor", 1, user=user, call=team, expect_colours=COLOURS[0], hold=0.1, until_met=True, seconds=30,
                          size="160x90", frame_rate=10, timeout=60)
    report = visitor.report(90)
    assert report["ok"], report["unmet"]
    stage.players.remove(visitor)


def cpu_ticks(process):
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def ticks_while_idle(process):
    before = cpu_ticks(process)
    time.sleep(IDLE_SECONDS)
    return cpu_ticks(process) - before


def test_fifty_joins_and_leaves_leave_nothing_behind(stage, capsys):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    staying = stage.probe("juliet", 0, call=team, stay=True, size="160x90", frame_rate=10, timeout=60)
    staying.waits_for("first-frame", seconds=60)
    user = stage.account("visitor")
    for _ in range(WARM_UP):
        comes_and_goes(stage, team, user)
    before = figures_at_rest(stage)
    began = time.monotonic()
    for _ in range(JOINS):
        comes_and_goes(stage, team, user)
    after = figures_when_back(stage, before)

    with capsys.disabled():
        print(f"\n{JOINS} joins and leaves in {time.monotonic() - began:.0f} s, after {WARM_UP} to warm up:")
        for name in before:
            print(f"  {name:<13} {before[name]}  ->  {after[name]}  ({after[name].kilobytes - before[name].kilobytes:+} kB)")
    assert staying.process.alive() and not staying.events("ended")
    for name in before:
        assert after[name].threads <= before[name].threads, f"{name} has more threads"
        assert after[name].descriptors <= before[name].descriptors, f"{name} has more descriptors"
        assert after[name].kilobytes <= before[name].kilobytes + MOST_MORE_KB, f"{name} has grown"
    staying.leaves()


def test_an_mcu_that_everybody_has_left_does_and_holds_as_little_as_before_anybody_came(stage, capsys):
    fresh, used = stage.rollcall.start_mcu("mcu-fresh"), stage.rollcall.mcu
    fresh_ticks, used_ticks = ticks_while_idle(fresh), ticks_while_idle(used)
    fresh_kb, used_kb = Figures(fresh.pid).own_kilobytes, Figures(used.pid).own_kilobytes
    with capsys.disabled():
        print(f"\nan MCU nobody has used: {fresh_ticks} CPU ticks in {IDLE_SECONDS} s, {fresh_kb} kB of its own; "
              f"the one everybody has left: {used_ticks} ticks, {used_kb} kB")
    assert used_ticks <= fresh_ticks + MOST_MORE_TICKS
    assert used_kb <= fresh_kb + MOST_MORE_IDLE_KB
