"""The rig itself: both servers start, take users and a component's secret, and leave nothing behind."""

import os
import sys

import pytest

from rig.client import Client, local
from rig.ejabberd import Ejabberd
from rig.process import Process, pairs_of
from rig.prosody import Prosody
from rig.transcript import Validator


@pytest.fixture(params=[Prosody, Ejabberd], ids=["prosody", "ejabberd"])
def server(request, tmp_path):
    server = request.param(tmp_path / "server").start()
    yield server
    server.stop()


def test_two_users_log_in_and_one_receives_what_the_other_says(server):
    for user in ("romeo", "juliet"):
        server.add_user(user)
    romeo, juliet = Client(server, "romeo").login(), Client(server, "juliet").login()
    try:
        romeo.says(juliet.bare, "But soft, what light <through> yonder window breaks?")
        assert juliet.receives_message(romeo.bare, "yonder window") == "But soft, what light <through> yonder window breaks?"
    finally:
        romeo.logout()
        juliet.logout()


def test_a_user_with_the_wrong_password_does_not_get_in(server):
    server.add_user("romeo")
    with pytest.raises(AssertionError, match="could not log in"):
        Client(server, "romeo", password="wrong").login(seconds=10)


def test_an_absent_component_is_answered_with_an_error(server):
    server.add_user("romeo")
    romeo = Client(server, "romeo").login()
    try:
        answer = romeo.asks(server.component, "<ping xmlns='urn:xmpp:ping'/>")
        assert local(answer) == "iq" and answer.get("type") == "error"
    finally:
        romeo.logout()


def test_a_stopped_server_leaves_no_process(server):
    pid = server.process.pid
    server.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_server_keeps_its_accounts_over_a_restart(server):
    server.add_user("romeo")
    server.restart()
    Client(server, "romeo").login().logout()


def test_a_log_line_is_read_as_pairs():
    assert pairs_of('event=peer.up peer=mcu-1 why="a \\"b\\" c" n=3') == {
        "event": "peer.up", "peer": "mcu-1", "why": 'a "b" c', "n": "3"}


def test_waiting_for_a_line_of_a_process_that_ended_fails_with_its_last_lines(tmp_path):
    process = Process("echo", ["echo", "event=last.words"], tmp_path / "log").start()
    process.wait_for_event("last.words")
    with pytest.raises(AssertionError, match="event=last.words"):
        process.wait_for_event("never", seconds=5)
    assert process.stop() == 0


def test_a_process_that_ignores_the_end_signal_is_named(tmp_path):
    script = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    process = Process("deaf", [sys.executable, "-c", script], tmp_path / "log").start()
    process.wait_for(lambda line: line == "up")
    with pytest.raises(AssertionError, match="deaf did not end"):
        process.stop(seconds=1)


def test_a_transcript_line_that_breaks_its_schema_is_a_complaint(tmp_path):
    schemas = tmp_path / "schemas"
    schemas.mkdir()
    (schemas / "ping.json").write_text('{"properties": {"params": {"required": ["now"]}}}')
    transcript = tmp_path / "transcript"
    transcript.write_text(
        '{"direction":"received","peer":"m","text":"{\\"jsonrpc\\":\\"2.0\\",\\"method\\":\\"ping\\",\\"params\\":{}}"}\n'
        '{"direction":"received","peer":"m","text":"{\\"jsonrpc\\":\\"2.0\\",\\"method\\":\\"pong\\",\\"params\\":{}}"}\n'
        '{"direction":"received","peer":"m","text":"{\\"jsonrpc\\":\\"2.0\\",\\"id\\":4,\\"result\\":{}}"}\n')
    complaints, lines = Validator(schemas).check_transcript(transcript)
    assert lines == 3
    assert "'now' is a required property" in complaints[0]
    assert "no schema for pong" in complaints[1]
    assert "nothing that was asked" in complaints[2]
