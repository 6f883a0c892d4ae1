"""`rollcall --check` tells line by line what works, and what to do where something does not."""

from types import SimpleNamespace

import pytest

from rig.installation import Installation
from rig.ports import free_port

UNAVAILABLE = 69


def good(lines):
    return [line for line in lines if line.startswith("ok ")]


def wrong(lines):
    return [line for line in lines if line.startswith("WRONG ")]


def the_only_complaint(answer, *parts):
    """What is the matter, and what is to be done."""
    code, lines = answer
    complaints = wrong(lines)
    assert code == UNAVAILABLE and len(complaints) == 1, "\n".join(lines)
    for part in parts:
        assert part in complaints[0]


@pytest.fixture
def peers_only(own_stage):
    """A server, an MCU and a door that dial; no rollcall. So it is when the settings are made for the first time."""
    installation = own_stage.rollcall
    installation.process("rollcall-mcu", "mcu-1", "--set", "mcu.name=mcu-1")
    installation.process("rollcall-web")
    return installation


def test_everything_runs_and_every_line_says_ok(shared_stage):
    code, lines = shared_stage.rollcall.check()
    assert code == 0 and not wrong(lines), "\n".join(lines)
    text = "\n".join(good(lines))
    for part in ("settings are sound", "database opens", "is running", "accepts us as " + shared_stage.server.component,
                 "media server", "browser door"):
        assert part in text


def test_a_running_service_is_not_disturbed_by_the_question(shared_stage):
    romeo = shared_stage.person("romeo")
    mark = shared_stage.rollcall.rollcall.mark()
    shared_stage.rollcall.check()
    assert not shared_stage.rollcall.rollcall.events("xmpp.waiting", since=mark)
    shared_stage.conference(romeo)


def test_a_running_service_that_may_not_be_asked_says_which_token_is_missing(shared_stage):
    the_only_complaint(shared_stage.rollcall.check(control_operator_token=""), "control.operator_token is empty", "Set one")
    the_only_complaint(shared_stage.rollcall.check(control_operator_token="0123456789abcdef-wrong"), "did not answer", "control.url")


def test_a_running_service_without_media_server_and_door_says_how_to_start_them(own_stage):
    own_stage.rollcall.start(mcu=False, web=False)
    code, lines = own_stage.rollcall.check()
    assert code == UNAVAILABLE and len(wrong(lines)) == 2, "\n".join(lines)
    assert "systemctl start rollcall-mcu" in wrong(lines)[0] and "systemctl start rollcall-web" in wrong(lines)[1]


def test_a_running_service_that_lost_its_server_says_where_to_read_more(own_stage):
    own_stage.rollcall.start()
    mark = own_stage.rollcall.rollcall.mark()
    own_stage.server.stop()
    own_stage.rollcall.rollcall.wait_for_event("xmpp.waiting", since=mark)
    the_only_complaint(own_stage.rollcall.check(), "does not accept us at the moment", "journalctl -u rollcall")


def test_before_the_first_start_all_is_tried_for_real_and_nothing_is_left_behind(peers_only):
    code, lines = peers_only.check()
    assert code == 0 and not wrong(lines), "\n".join(lines)
    text = "\n".join(good(lines))
    for part in ("settings are sound", "no database yet", "accepts us as", "media server", "browser door"):
        assert part in text
    assert not list(peers_only.folder.glob("rollcall.db*")), "it would belong to whoever asked"


def test_a_wrong_secret_is_said_by_name(peers_only):
    the_only_complaint(peers_only.check(xmpp_secret="a-secret-that-is-not-it"), "does not accept us", "xmpp.secret")


def test_a_domain_that_the_server_does_not_know_is_said(peers_only):
    the_only_complaint(peers_only.check(xmpp_domain="nobody.example.org"), "nobody.example.org", "server's settings")


@pytest.mark.parametrize("name", ["xmpp_secret", "control_mcu_token", "control_web_token", "control_operator_token", "links_key"])
def test_a_secret_that_could_be_guessed_is_said_by_name(shared_stage, name):
    _, lines = shared_stage.rollcall.check(**{name: "guess-me"})
    assert any(name.replace("_", ".", 1) in line and "openssl rand" in line for line in wrong(lines)), "\n".join(lines)


def test_a_page_without_https_is_said_with_the_reason(shared_stage):
    the_only_complaint(shared_stage.rollcall.check(links_base_url="http://meet.example.org"), "links.base_url", "https", "proxy")


def test_nothing_is_there_at_all_and_each_thing_is_said_with_what_to_do(tmp_path):
    nowhere = SimpleNamespace(component="call.example.org", component_port=free_port(), secret="0123456789abcdef", prefix=[])
    code, lines = Installation(tmp_path, nowhere).check(store_url=f"sqlite:{tmp_path}/not/there/rollcall.db")
    assert code == UNAVAILABLE
    assert ["settings are sound" in line for line in good(lines)] == [True], "\n".join(lines)
    folder, server, mcu, web = wrong(lines)
    assert f"{tmp_path}/not/there" in folder and "install -d" in folder
    assert f"127.0.0.1:{nowhere.component_port}" in server and "Is the XMPP server running" in server
    assert "systemctl start rollcall-mcu" in mcu
    assert "systemctl start rollcall-web" in web
