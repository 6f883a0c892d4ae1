"""A conference is controlled from its chat and by forms, and its participants talk to one another by it."""

import pytest

from rig.client import bare, child, local

COMMANDS = "http://jabber.org/protocol/commands"
FORMS = "jabber:x:data"


@pytest.fixture
def call(stage):
    """Romeo owns the call; he and Juliet are in it, each with a chat client beside the one that calls."""
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    team = stage.conference(romeo, "team", juliet.bare)
    legs = [stage.probe(person.user, user=person.user, call=team, stay=True, timeout=120) for person in (romeo, juliet)]
    for leg in legs:
        leg.waits_for("connected", seconds=60)
    romeo.receives_presence(team, containing="2 in call")
    for person in (romeo, juliet):
        person.forgets()
    return team, romeo, juliet, legs


def says_and_hears(person, to, words, containing):
    person.says(to, words)
    return person.receives_message(to, containing)


def test_what_is_no_command_reaches_the_other_with_the_senders_name(call):
    team, romeo, juliet, _ = call
    romeo.says(team, "who brings the cake?")
    assert juliet.receives_message(team, "cake") == f"{romeo.user}: who brings the cake?"
    says_and_hears(romeo, team, "chat off", "is off")
    says_and_hears(juliet, team, "I do", "do not understand")
    juliet.asks(team, "<ping xmlns='urn:xmpp:ping'/>")
    assert not romeo.has_received(lambda s: local(s) == "message" and "I do" == (s.findtext("{*}body") or ""))


def test_who_is_put_out_is_told_by_whom_and_his_call_ends(call):
    team, romeo, juliet, legs = call
    says_and_hears(romeo, team, f"kick {juliet.user}", "is no more in")
    legs[1].waits_for("ended", by_peer=True)
    romeo.says(team, "who")
    assert juliet.user not in romeo.receives_message(team, "In ")


def test_a_locked_call_lets_nobody_new_in_and_says_so(call, stage):
    team, romeo, _, _ = call
    says_and_hears(romeo, team, "lock", "is locked")
    mercutio = stage.probe("mercutio", call=team, timeout=60)
    mercutio.waits_for("message", seconds=60, body="is locked")


def test_forms_choose_from_those_who_are_in_the_call(call):
    team, romeo, juliet, _ = call
    opened = child(romeo.asks(team, f"<command xmlns='{COMMANDS}' node='mute' action='execute'/>", "set"), "command")
    options = [value.text for option in opened.iter() if local(option) == "option" for value in option]
    assert set(options) == {romeo.user, juliet.user}
    done = romeo.asks(team, f"<command xmlns='{COMMANDS}' node='mute' sessionid='{opened.get('sessionid')}' action='complete'>"
                            f"<x xmlns='{FORMS}' type='submit'><field var='who'><value>{juliet.user}</value></field></x></command>", "set")
    assert "is muted" in "".join(done.itertext())


def test_a_kept_conference_is_answered_in_german_and_outlives_a_restart(own_stage):
    own_stage.rollcall.start()
    romeo = own_stage.person("romeo")
    team = own_stage.conference(romeo)
    romeo.sends(f"<message to='{team}' type='chat' xml:lang='de'><body>behalten Verona</body></message>")
    assert "„Verona“ bleibt" in romeo.receives_message(team, "Verona")
    own_stage.rollcall.stop()
    own_stage.rollcall.start()
    romeo.accepts_subscription_of(team)
    romeo.sends(f"<message to='{team}' type='chat' xml:lang='de'><body>mitglieder</body></message>")
    assert "gehört " + romeo.bare in romeo.receives_message(team, "Verona")
    romeo.sends(f"<message to='{team}' type='chat' xml:lang='de'><body>löschen</body></message>")
    assert bare(romeo.receives_presence(team, "unavailable").get("from")) == team
