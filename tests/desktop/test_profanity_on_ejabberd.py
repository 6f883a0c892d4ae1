"""profanity at ejabberd: the other server, the same conference."""

import pytest
from profanity import Profanity

from rig.ejabberd import Ejabberd


@pytest.fixture(scope="module")
def server(computer, tmp_path_factory):
    server = Ejabberd(tmp_path_factory.mktemp("ejabberd"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def romeo(stage, tmp_path):
    romeo = Profanity(tmp_path, stage.server, stage.account("romeo"), tls="disable").start()
    yield romeo
    romeo.stop()


def test_at_ejabberd_too_a_line_of_chat_makes_a_contact_that_says_who_is_in_the_call(stage, romeo):
    juliet, verona = stage.person("juliet"), stage.contact("verona")
    romeo.types(f"/msg {stage.service} call verona: {juliet.bare}")
    romeo.shows("“verona” is ready", f"I have invited {juliet.bare}")
    juliet.receives_message(verona, "invites you")
    romeo.types("/win 1")
    romeo.shows(f"Received authorization request from {verona}")
    romeo.types(f"/sub allow {verona}")
    romeo.types(f"/sub request {verona}")
    romeo.shows(f"++ {verona} (call) is xa, \"No call running.")
    nurse = stage.probe("nurse", call=verona, stay=True)
    nurse.waits_for("connected", seconds=60)
    romeo.shows(f"++ {verona} (call) is online, \"1 in call: nurse\"")
