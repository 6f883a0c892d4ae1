"""Joining and leaving again and again leaves nothing behind in the MCU: no thread, no descriptor, no memory."""

import os
import time
from pathlib import Path

import pytest

from rig.prosody import Prosody
from rig.senses import wait_until
from rig.stage import Stage

WARM_UP, JOINS = 10, 50
MEMORY_KB = 2048


@pytest.fixture
def stage(tmp_path):
    stage = Stage(Prosody(tmp_path / "server").start(), tmp_path)
    try:
        stage.rollcall.start(web=False)
        yield stage
    finally:
        stage.close()


def children(pid):
    """The process and all below it: the MCU's parent has workers."""
    below = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            below += children(int(child))
    return [pid, *below]


def holds(pids):
    """Threads, descriptors and kilobytes of their own that the processes hold now."""
    threads = sum(len(os.listdir(f"/proc/{pid}/task")) for pid in pids)
    descriptors = sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in pids)
    memory = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                memory += int(line.split()[1])
    return {"threads": threads, "descriptors": descriptors, "memory_kb": memory}


def join_and_leave(stage, team, user):
    probe = stage.probe("juliet", 0, user=user, call=team, stay=True, timeout=60)
    probe.waits_for("connected", seconds=60)
    probe.leaves()
    stage.players.remove(probe)


def settled(pids):
    """What is held once two looks a second apart agree."""
    last = {}

    def look():
        before = dict(last)
        last.update(holds(pids))
        same = before and all(before[k] == last[k] for k in ("threads", "descriptors"))
        return [] if same else [f"still changing: {before} to {last}"]
    wait_until(look, 40, pause=1)
    return last


def test_fifty_joins_and_leaves_leave_nothing_behind(stage):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    romeo.accepts_subscription_of(team)
    # Somebody stays, so that what is measured is joining and leaving, and not the conference's start and end.
    stayer = stage.probe("nurse", 1, call=team, stay=True, timeout=60)
    stayer.waits_for("connected", seconds=60)
    user = stage.account("juliet")
    pids = children(stage.rollcall.mcu.pid)
    for _ in range(WARM_UP):
        join_and_leave(stage, team, user)
    before = settled(pids)
    began = time.monotonic()
    for _ in range(JOINS):
        join_and_leave(stage, team, user)
    seconds = time.monotonic() - began
    wait_until(lambda: [] if settled(pids)["threads"] <= before["threads"] else ["threads are left over"], 60)
    after = settled(pids)
    print(f"\nafter {WARM_UP} joins {before}, after {JOINS} more {after}, {seconds / JOINS:.2f} s for one")
    assert after["threads"] <= before["threads"]
    assert after["descriptors"] <= before["descriptors"]
    assert after["memory_kb"] <= before["memory_kb"] + MEMORY_KB
