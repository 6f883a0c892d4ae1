"""The MCU's worker processes: one is killed in mid-call, and who notices."""

import os
import signal
import time

import pytest

from rig.senses import sees, wait_until
from rig.stage import COLOURS


@pytest.fixture
def with_workers(own_stage):
    """A conference with Juliet (the probe) and a guest's page, and another with the Nurse, at two workers."""
    stage = own_stage
    stage.rollcall.settings["mcu"].update(workers=2, figures_seconds=1)
    stage.rollcall.start()
    for worker in ("mcu-1/1", "mcu-1/2"):
        stage.rollcall.rollcall.wait_for_event("peer.up", peer=worker)
    romeo = stage.person("romeo")
    stage.team, stage.other = stage.conference(romeo, "team"), stage.conference(romeo, "other")
    romeo.accepts_subscription_of(stage.team)
    return stage, romeo


def name_of(contact):
    return contact.split("@")[0]


def worker_of(stage, contact):
    placed = stage.rollcall.rollcall.events("conference.placed")
    return [event["mcu"] for event in placed if event["conference"] == name_of(contact)][-1]


def pid_of(stage, worker):
    return int([event["pid"] for event in stage.rollcall.mcu.events("worker.started") if event["worker"] == worker][-1])


def figures(stage, contact):
    """Frames and late ones of a conference so far."""
    found = [f for f in stage.rollcall.mcu.events("conference.figures") if f["conference"] == name_of(contact)][-1]
    return int(found["frames"]), int(found["late"])


def test_a_worker_killed_its_people_are_back_and_the_other_conference_notices_nothing(with_workers):
    stage, romeo = with_workers
    romeo.says(stage.team, "link")
    link = next(w for w in romeo.receives_message(stage.team, "/j/").split() if "/j/" in w).rstrip(".,)")
    account = stage.account("juliet")
    juliet = stage.probe("juliet", 0, user=account, call=stage.team, stay=True, timeout=180)
    juliet.waits_for("connected", seconds=40)
    guest = stage.guest("Guest", 1, link)
    nurse = stage.probe("nurse", 2, call=stage.other, stay=True, timeout=180)
    nurse.waits_for("connected", seconds=40)
    sees(guest, [COLOURS[0]])
    assert worker_of(stage, stage.team) != worker_of(stage, stage.other)
    picks_up = stage.probe("juliet", 0, user=account, answer=True, stay=True, timeout=180).answers()
    before = figures(stage, stage.other)
    romeo.forgets()

    killed = worker_of(stage, stage.team)
    os.kill(pid_of(stage, killed), signal.SIGKILL)
    begun = time.monotonic()
    picks_up.waits_for("connected", seconds=20)
    back_after = time.monotonic() - begun
    romeo.receives_presence(stage.team, containing="2 in call", seconds=20)
    sees(guest, [COLOURS[0]])

    assert len(picks_up.events("proposal")) == 1, "nobody is rung twice"
    ended = stage.rollcall.mcu.wait_for_event("worker.ended", worker=killed, signal=9)
    assert ended["again_ms"] == "0"
    assert nurse.process.alive() and not nurse.events("ended")
    wait_until(lambda: [] if figures(stage, stage.other)[0] - before[0] > 30 else ["too few pictures to judge by"])
    frames, late = (after - first for after, first in zip(figures(stage, stage.other), before))
    assert late <= frames / 50, f"{late} of {frames} pictures of the other conference were late"
    print(f"Juliet was back after {back_after:.1f} s; {late} of {frames} pictures of the other conference were late")
    assert back_after < 12, f"Juliet was back after {back_after:.1f} s only"


def test_the_parent_ends_its_workers_and_is_ended_by_nothing_else(with_workers):
    stage, _ = with_workers
    workers = [pid_of(stage, name) for name in ("mcu-1/1", "mcu-1/2")]
    stage.rollcall.mcu.kill()
    deadline = time.monotonic() + 20
    while any(os.path.exists(f"/proc/{pid}") for pid in workers):
        assert time.monotonic() < deadline, "workers outlive their parent"
        time.sleep(0.05)
    marks = stage.rollcall.rollcall.mark()
    fresh = stage.rollcall.start_mcu()
    for worker in ("mcu-1/1", "mcu-1/2"):
        stage.rollcall.rollcall.wait_for_event("peer.up", peer=worker, since=marks)
    assert fresh.stop() == 0
