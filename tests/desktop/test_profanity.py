"""profanity, a terminal client without calls: it starts conferences by chat and by ad-hoc command, and sees their presence."""

import pytest
from profanity import Profanity


@pytest.fixture
def romeo(stage, tmp_path):
    romeo = Profanity(tmp_path, stage.server, stage.account("romeo")).start()
    yield romeo
    romeo.stop()


def test_help_by_chat(stage, romeo):
    romeo.types(f"/msg {stage.service} help")
    romeo.shows("call juliet@")
    print(romeo.screen())
    assert 0


def test_a_call_asked_for_by_chat_becomes_a_contact_with_presence(stage, romeo):
    juliet = stage.person("juliet")
    romeo.types(f"/msg {stage.service} call verona: {juliet.bare}")
    romeo.shows("is ready", stage.contact("verona"))
    juliet.receives_message(stage.contact("verona"), "invites you")
    romeo.types("/win 1")
    print(romeo.screen())
    romeo.types(f"/sub allow {stage.contact('verona')}")
    romeo.types(f"/sub request {stage.contact('verona')}")
    romeo.types("/who")
    import time; time.sleep(5)
    print(romeo.screen())
    assert 0


def test_the_ad_hoc_command_filled_in_to_its_completion(stage, romeo):
    mercutio = stage.person("mercutio")
    romeo.types(f"/cmd list {stage.service}")
    romeo.shows("create")
    romeo.types(f"/cmd exec create {stage.service}")
    import time; time.sleep(3)
    print(romeo.screen())
    romeo.types("/form show")
    time.sleep(1)
    print(romeo.screen())
    assert 0
