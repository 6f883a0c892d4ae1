"""profanity, a terminal client without calls: it starts conferences by chat and by ad-hoc command, and sees their presence."""

import pytest
from profanity import Profanity
from session import wait_for


@pytest.fixture
def romeo(stage, tmp_path):
    romeo = Profanity(tmp_path, stage.server, stage.account("romeo")).start()
    yield romeo
    romeo.stop()


def test_help_by_chat_explains_how_to_start_a_call(stage, romeo):
    romeo.types(f"/msg {stage.service} help")
    romeo.shows("call juliet@example.org mercutio@example.org", f"My address is {stage.service}")


def test_a_call_asked_for_by_chat_becomes_a_contact_whose_presence_says_who_is_in_it(stage, romeo):
    juliet, verona = stage.person("juliet"), stage.contact("verona")
    romeo.types(f"/msg {stage.service} call verona: {juliet.bare}")
    romeo.shows("“verona” is ready", f"I have invited {juliet.bare}", f"Call {verona} to join")
    juliet.receives_message(verona, "invites you")

    romeo.types("/win 1")
    romeo.shows(f"Received authorization request from {verona}")
    romeo.types(f"/sub allow {verona}")
    romeo.types(f"/sub request {verona}")
    romeo.shows(f"++ {verona} (call) is xa, \"No call running.")

    nurse = stage.probe("nurse", call=verona, stay=True)
    nurse.waits_for("connected", seconds=40)
    romeo.shows(f"++ {verona} (call) is online, \"1 in call: nurse\"")
    romeo.types("/clear")
    nurse.leaves()
    romeo.shows(f"++ {verona} (call) is xa, \"No call running.")


def test_who_is_invited_reads_the_invitation_and_that_he_is_called(stage, romeo):
    """JC-29: a program without calls shows the words; the ring, which does no harm, it prints too."""
    paris = stage.person("paris")
    padua = stage.conference(paris, "padua", romeo.bare)
    wait_for(lambda: f"{paris.bare} invites you to the group call “padua”" in romeo.everything(), "the invitation")
    assert f"(xmpp:{padua})" in romeo.everything()


def test_an_ad_hoc_command_is_found_filled_in_and_completed(stage, romeo):
    mercutio = stage.person("mercutio")
    # Right after its login profanity does not know yet that there are such commands, and says so.
    wait_for(lambda: romeo.types(f"/cmd list {stage.service}") or "create" in romeo.screen(), "the list of commands", pause=1)
    romeo.types(f"/cmd exec create {stage.service}")
    romeo.shows("[field1] Name of the call", "[field2] Jabber addresses")
    romeo.types("/field1 mantua")
    romeo.types(f"/field2 add {mercutio.bare}")
    romeo.shows(mercutio.bare)
    romeo.types("/form submit")
    mercutio.receives_message(stage.contact("mantua"), "invites you")
    wait_for(lambda: "“mantua” is ready" in romeo.everything(), "the command's note")
