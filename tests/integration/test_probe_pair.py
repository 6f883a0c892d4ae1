"""Two probes call each other over a real server, without a conference: this proves the measuring instrument itself."""

import pytest

from rig.ejabberd import Ejabberd
from rig.probe import Probe
from rig.prosody import Prosody

RED, GREEN, BLUE = "#c03030", "#30c030", "#3030c0"


@pytest.fixture(scope="module", params=[Prosody, Ejabberd], ids=["prosody", "ejabberd"])
def server(request, tmp_path_factory):
    server = request.param(tmp_path_factory.mktemp("server")).start()
    for user in ("romeo", "juliet"):
        server.add_user(user)
    yield server
    server.stop()


@pytest.fixture
def pair(server, tmp_path):
    """Starts Juliet, who answers, and then Romeo, who calls her."""
    started = []

    def start(*romeo_arguments, juliet_arguments=(), romeo_sees=(GREEN,), juliet_sees=(RED,)):
        # Romeo leaves as soon as he has measured enough, so Juliet must be content with less.
        juliet = Probe(server, "juliet", tmp_path, "--answer", "--seconds", 20, "--hold", 1, *juliet_arguments,
                       colour=GREEN, tone=550, sees=juliet_sees, hears=[440])
        started.append(juliet.start().answers())
        romeo = Probe(server, "romeo", tmp_path, "--call", juliet.bare, "--seconds", 20, "--until-met", *romeo_arguments,
                      colour=RED, tone=440, sees=romeo_sees, hears=[550])
        started.append(romeo.start())
        return romeo, juliet

    yield start
    for probe in reversed(started):
        probe.stop()


@pytest.mark.parametrize("how", [[], ["--no-bundle"], ["--trickle"]], ids=["bundled", "one-transport-each", "trickled"])
def test_each_sees_the_others_colour_and_hears_the_others_tone(pair, how):
    romeo, juliet = pair(*how)
    for report in (romeo.succeeds(), juliet.succeeds()):
        assert report["video"]["lost"] == 0 and report["video"]["freezes"] == 0
        assert report["video"]["width"] == 640 and report["tiles"][0]["share"] > 0.9
        assert report["tiles"][0]["moving"]
    assert juliet.waits_for("ended")["by_peer"]


def test_a_call_straight_to_a_resource_needs_a_subscription_and_no_ringing(pair, server):
    romeo, juliet = pair("--mode", "direct", "--subscribe", f"juliet@{server.domain}")
    romeo.succeeds()
    juliet.succeeds()
    assert not romeo.events("proceed") and not juliet.events("proposal")


def test_a_call_of_sound_alone_is_measured_by_its_sound(pair):
    romeo, juliet = pair("--no-video", juliet_arguments=["--no-video"], romeo_sees=(), juliet_sees=())
    assert romeo.succeeds()["video"]["frames"] == 0
    juliet.succeeds()


def test_a_colour_that_is_not_there_is_reported_as_unmet(pair):
    romeo, _ = pair("--seconds", 4, romeo_sees=(GREEN, BLUE))
    report = romeo.report()
    assert romeo.code == 1 and not report["ok"]
    assert report["unmet"] == [f"The colour {BLUE} stood in the picture for 0.0 s instead of 2.0 s."]


def test_a_terminated_probe_hangs_up_before_it_goes(pair, tmp_path):
    romeo, juliet = pair("--stay", "--snapshot", tmp_path / "seen.png", "--snapshot-every", 0.2)
    romeo.waits_for("tile-appeared", colour=GREEN)
    assert romeo.stop() in (0, 1)
    assert romeo.events("ended") == [{**romeo.events("ended")[0], "reason": "success", "by_peer": False}]
    assert juliet.waits_for("ended")["by_peer"]
    assert (tmp_path / "seen.png").read_bytes().startswith(b"\x89PNG")
    assert not (tmp_path / "seen.png.part").exists()


def test_a_call_to_nobody_ends_with_a_sentence(server, tmp_path):
    romeo = Probe(server, "romeo", tmp_path, "--call", f"nobody@{server.domain}", "--timeout", 10).start()
    report = romeo.report()
    assert romeo.code == 1 and "No call came about." in report["unmet"]


def test_a_wrong_password_is_no_session(server, tmp_path):
    romeo = Probe(server, "romeo", tmp_path, "--watch")
    romeo.process.environment = {"ROLLCALL_PROBE_PASSWORD": "wrong"}
    assert "could not log in" in romeo.start().report()["unmet"][0]
    assert romeo.code == 69


def test_a_chat_line_reaches_the_other_and_a_reply_is_recognised(server, tmp_path):
    juliet = Probe(server, "juliet", tmp_path, "--expect-reply", "who is <there>").start().answers()
    romeo = Probe(server, "romeo", tmp_path, "--send", juliet.bare, "who is <there>?", "--seconds", 1).start()
    juliet.succeeds()
    romeo.succeeds()
    assert juliet.events("message")[0]["from"].startswith(romeo.bare)
