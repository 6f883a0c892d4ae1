"""One test for each row of "what happens when something dies": killed in mid-call, and what people see."""

import sqlite3

import pytest

from rig.client import local
from rig.senses import sees, wait_until
from rig.stage import COLOURS


@pytest.fixture
def running(own_stage):
    """A conference with Juliet in it (the probe), watched by Romeo (scripted, has the contact)."""
    own_stage.rollcall.start()
    romeo = own_stage.person("romeo")
    own_stage.team = own_stage.conference(romeo)
    romeo.accepts_subscription_of(own_stage.team)
    juliet = own_stage.probe("juliet", 0, call=own_stage.team, stay=True, timeout=60)
    juliet.waits_for("connected", seconds=40)
    romeo.receives_presence(own_stage.team, containing="1 in call")
    return own_stage, romeo, juliet


def call_goes_on(stage, juliet):
    """A second caller meets Juliet: sees her colour, hears her tone."""
    nurse = stage.probe("nurse", 1, call=stage.team, expect_colours=juliet.colour, expect_tones=juliet.tone,
                        seconds=60, until_met=True, timeout=60)
    report = nurse.report(120)
    assert report["ok"], report["unmet"]


def test_xmpp_server_lost_the_calls_go_on_and_the_presence_comes_back(own_stage):
    """The guest has no account: what he notices of the server's restart is only what Rollcall does."""
    stage = own_stage
    stage.rollcall.start()
    romeo = stage.person("romeo")
    stage.team = stage.conference(romeo)
    romeo.accepts_subscription_of(stage.team)
    romeo.says(stage.team, "link")
    link = next(w for w in romeo.receives_message(stage.team, "/j/").split() if "/j/" in w).rstrip(".,)")
    guest = stage.guest("Guest", 0, link)
    romeo.receives_presence(stage.team, containing="1 in call")
    sees(guest, [COLOURS[0]])
    marks = stage.rollcall.rollcall.mark(), stage.rollcall.mcu.mark()
    romeo.vanishes()
    stage.server.restart()
    stage.rollcall.rollcall.wait_for_event("xmpp.online", seconds=60, since=marks[0])
    assert not stage.rollcall.mcu.events("leg.ended", since=marks[1]), "the MCU must keep its legs"
    before = guest.counts()["video"]["frames"]
    romeo.forgets()
    romeo.login()
    romeo.receives_presence(stage.team, containing="1 in call")
    wait_until(lambda: [] if guest.counts()["video"]["frames"] > before + 15 else ["the guest's picture stands still"])


def test_rollcall_killed_the_call_goes_on_and_the_restarted_one_knows_it(running):
    stage, romeo, juliet = running
    mcu_mark = stage.rollcall.mcu.mark()
    stage.rollcall.rollcall.kill()
    assert stage.rollcall.mcu.alive()
    romeo.forgets()
    stage.rollcall.start_rollcall()
    romeo.receives_presence(stage.team, containing="1 in call", seconds=60)
    assert not stage.rollcall.mcu.events("leg.ended", since=mcu_mark)
    assert not [e for e in juliet.process.lines if '"ended"' in e]
    call_goes_on(stage, juliet)
    report = juliet.leaves()
    assert report["ok"], report["unmet"]
    romeo.receives_presence(stage.team, containing="no call", seconds=20)


def test_mcu_killed_the_call_ends_with_a_reason_and_calling_again_works_on_the_next_one(running):
    stage, romeo, juliet = running
    romeo.forgets()
    stage.rollcall.mcu.kill()
    juliet.waits_for("ended", seconds=40, by_peer=True)
    juliet.waits_for("message", seconds=20, body="media server")
    romeo.receives_presence(stage.team, containing="no call", seconds=20)
    stage.rollcall.start_mcu("mcu-2")
    nurse = stage.probe("nurse", 1, call=stage.team, seconds=3, timeout=60)
    report = nurse.report(120)
    assert report["ok"], report["unmet"]


def test_web_door_killed_jabber_calls_go_on_and_a_restarted_door_serves_the_link_again(running):
    stage, romeo, juliet = running
    stage.rollcall.web.kill()
    call_goes_on(stage, juliet)
    stage.rollcall.start_web()
    romeo.says(stage.team, "link")
    assert stage.rollcall.base_url in romeo.receives_message(stage.team, "/j/")


def test_client_gone_without_a_word_his_call_is_ended_and_the_presence_says_so(running):
    stage, romeo, juliet = running
    romeo.forgets()
    juliet.vanishes()
    romeo.receives_presence(stage.team, containing="no call", seconds=60)
    stage.rollcall.mcu.wait_for_event("leg.ended", seconds=10)


def test_a_restart_of_everything_keeps_the_conference_as_a_contact(running):
    stage, romeo, juliet = running
    juliet.leaves()
    romeo.receives_presence(stage.team, containing="no call")
    stage.rollcall.stop()
    romeo.forgets()
    stage.rollcall.start()
    romeo.receives_presence(stage.team, containing="no call", seconds=30)
    romeo.says(stage.team, "who")
    assert local(romeo.receives(lambda s: local(s) == "message" and s.get("from", "").startswith(stage.team))) == "message"


def test_database_lost_the_call_goes_on_and_what_needs_it_is_refused_with_a_sentence(running):
    stage, romeo, juliet = running
    nurse, name = stage.person("nurse"), stage.fresh("plot")
    database = sqlite3.connect(stage.rollcall.folder / "rollcall.db", isolation_level=None)
    database.execute("BEGIN IMMEDIATE")  # nobody else can write
    try:
        romeo.says(stage.service, f"call {name}: {nurse.bare}")
        romeo.receives_message(stage.service, "could not be saved", seconds=30)
        own = f"@{stage.server.component}"
        assert not nurse.has_received(lambda s: local(s) == "message" and own in s.get("from", ""))
        call_goes_on(stage, juliet)
    finally:
        database.execute("ROLLBACK")
        database.close()
    romeo.says(stage.service, f"call {name}: {nurse.bare}")
    romeo.receives_message(stage.service, "is ready", seconds=30)
    nurse.receives_message(stage.contact(name), "invites you")
