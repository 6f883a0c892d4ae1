"""Two pages of stanza.js call one another over each server, without Rollcall: the rig must be right before it judges."""

import pytest

from rig.browser import Browser
from rig.ejabberd import Ejabberd
from rig.prosody import Prosody
from rig.senses import hears, sees

RED, BLUE = "#d02020", "#2040d0"


@pytest.fixture(params=[Prosody, Ejabberd], ids=["prosody", "ejabberd"])
def server(request, tmp_path):
    server = request.param(tmp_path / "server").start()
    for user in ("romeo", "juliet"):
        server.add_user(user)
    yield server
    server.stop()


@pytest.fixture
def browser(tmp_path):
    browser = Browser(tmp_path)
    yield browser
    browser.stop()


@pytest.mark.parametrize("how", ["propose", "call"])
def test_two_pages_see_and_hear_one_another(server, browser, how):
    romeo = browser.participant(server, "romeo", RED, 440)
    juliet = browser.participant(server, "juliet", BLUE, 620)
    romeo.calls(juliet.jid if how == "call" else "juliet@" + server.domain, how)
    sees(romeo, [BLUE], absent=[RED])
    sees(juliet, [RED], absent=[BLUE])
    hears(romeo, [620], own=440)
    hears(juliet, [440], own=620)
    assert romeo.counts()["video"]["frames"] > 10
    romeo.participant("hangup")
    juliet.waits_for_event("terminated", reason="success")


def test_a_page_without_a_picture_is_told_apart_from_one_with(server, browser):
    romeo = browser.participant(server, "romeo", RED, 440)
    assert romeo.looks() is None
    assert romeo.hears([440])[440] == -200
    with pytest.raises(AssertionError, match="receives no picture"):
        sees(romeo, [BLUE], seconds=1)
