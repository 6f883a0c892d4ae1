"""JC-55: contacts get into people's rosters, and out again: without a question where the server grants it (XEP-0356)."""

import hashlib
from base64 import b64decode

import pytest

from rig.client import Client, bare, child, local, text_of
from rig.ejabberd import Ejabberd
from rig.prosody import Prosody
from rig.senses import wait_until
from rig.stage import Stage

SUBSCRIBE = "subscribe"


def opened(server, folder, **settings):
    stage = Stage(server.start(), folder, **settings)
    try:
        stage.rollcall.start(web=False)
    except BaseException:
        stage.close()
        raise
    return stage


@pytest.fixture(scope="module")
def granted(tmp_path_factory):
    """Prosody as the README tells to set it up."""
    folder = tmp_path_factory.mktemp("granted")
    stage = opened(Prosody(folder / "server"), folder)
    yield stage
    stage.close()


def was_asked(person, contact):
    return person.has_received(lambda s: local(s) == "presence" and s.get("type") == SUBSCRIBE and bare(s.get("from", "")) == contact)


def second_device(stage, person):
    device = Client(stage.server, person.user)
    stage.players.append(device)
    return device.login()


def waits_for_entry(person, contact, wanted):
    """Until the roster has exactly this entry of the contact; None: has it no more."""
    wait_until(lambda: [] if person.roster().get(contact) == wanted else [f"{person.user}: {person.roster().get(contact)}"], seconds=40)


def test_who_is_invited_has_the_contact(granted):
    """JC-55: who is invited has the contact on every device, with its name and a group, and was not asked."""
    romeo, juliet = granted.person("romeo"), granted.person("juliet")
    phone = second_device(granted, juliet)
    team = granted.conference(romeo, "team", juliet.bare)
    name = team.split("@")[0]
    for device in (juliet, phone):
        push = device.receives_contact(team)
        item = child(push, "item")
        assert push.get("type") == "set" and item.get("name") == name and item.get("subscription") == "both"
        assert text_of(item, "group") == "Conferences"
        assert device.receives_presence(team, containing="no call", show="xa").get("from") == f"{team}/call"
    waits_for_entry(romeo, team, (name, "both", {"Conferences"}))
    assert not was_asked(juliet, team) and not was_asked(phone, team) and not was_asked(romeo, team)


def test_who_was_offline_finds_the_contact_and_its_presence_when_he_comes(granted):
    romeo, juliet = granted.person("romeo"), granted.person("juliet", online=False)
    team = granted.conference(romeo, "team", juliet.bare)
    # Romeo's own entry is written after hers.
    waits_for_entry(romeo, team, (team.split("@")[0], "both", {"Conferences"}))
    juliet.login()
    juliet.receives_contact(team)
    juliet.receives_presence(team, containing="no call")
    assert not was_asked(juliet, team)


def test_a_renamed_conference_is_renamed_in_the_roster_but_for_who_named_it_himself(granted):
    romeo, juliet = granted.person("romeo"), granted.person("juliet")
    team = granted.conference(romeo, "team", juliet.bare)
    name = team.split("@")[0]
    for person in (romeo, juliet):
        waits_for_entry(person, team, (name, "both", {"Conferences"}))
    juliet.asks(juliet.bare, f"<query xmlns='jabber:iq:roster'><item jid='{team}' name='Mine'><group>Work</group></item></query>", "set")
    romeo.says(team, "rename Choir")
    waits_for_entry(romeo, team, ("Choir", "both", {"Conferences"}))
    waits_for_entry(juliet, team, ("Mine", "both", {"Work"}))


def test_a_deleted_conference_leaves_every_roster_also_of_who_is_offline(granted):
    romeo, juliet, nurse = (granted.person(name) for name in ("romeo", "juliet", "nurse"))
    team = granted.conference(romeo, "team", juliet.bare, nurse.bare)
    for person in (romeo, juliet, nurse):
        waits_for_entry(person, team, (team.split("@")[0], "both", {"Conferences"}))
    nurse.logout()
    romeo.says(team, "delete")
    waits_for_entry(romeo, team, None)
    waits_for_entry(juliet, team, None)
    juliet.receives_presence(team, "unavailable")
    nurse.login()
    waits_for_entry(nurse, team, None)


def test_who_is_a_member_no_more_loses_the_contact_and_the_others_keep_it(granted):
    romeo, juliet = granted.person("romeo"), granted.person("juliet")
    team = granted.conference(romeo, "team", juliet.bare)
    entry = (team.split("@")[0], "both", {"Conferences"})
    waits_for_entry(juliet, team, entry)
    romeo.says(team, "keep")
    romeo.receives_message(team, "stays")
    romeo.says(team, f"guest {juliet.bare}")
    waits_for_entry(juliet, team, None)
    waits_for_entry(romeo, team, entry)


def test_who_throws_the_contact_out_has_it_again_when_he_is_invited_again(granted):
    romeo, juliet = granted.person("romeo"), granted.person("juliet")
    team = granted.conference(romeo)
    romeo.says(team, f"invite {juliet.bare}")
    juliet.receives_contact(team)
    waits_for_entry(juliet, team, (team.split("@")[0], "both", {"Conferences"}))
    juliet.asks(juliet.bare, f"<query xmlns='jabber:iq:roster'><item jid='{team}' subscription='remove'/></query>", "set")
    waits_for_entry(juliet, team, None)
    other = granted.conference(romeo, "other", juliet.bare)
    waits_for_entry(juliet, other, (other.split("@")[0], "both", {"Conferences"}))
    assert team not in juliet.roster()


def test_somebody_of_another_server_is_asked(granted):
    """The grant is one host's: the other host of this Prosody gives none."""
    romeo, paris = granted.person("romeo"), granted.person("paris", domain=granted.server.strangers)
    team = granted.conference(romeo, "team", paris.bare)
    paris.receives_presence(team, SUBSCRIBE)
    assert team not in paris.roster()


def test_after_a_restart_of_the_server_the_grant_is_taken_again(granted):
    romeo, juliet = granted.person("romeo"), granted.account("juliet")
    mark = granted.rollcall.rollcall.mark()
    romeo.vanishes()
    granted.server.restart()
    granted.rollcall.rollcall.wait_for_event("roster.granted", seconds=60, since=mark)
    romeo.forgets()
    romeo.login()
    team = granted.conference(romeo, "team", f"{juliet}@{granted.server.domain}")
    waits_for_entry(romeo, team, (team.split("@")[0], "both", {"Conferences"}))


@pytest.mark.parametrize("how", ["setting", "server"])
def test_switched_off_or_not_granted_everybody_is_asked(how, tmp_path):
    server = Prosody(tmp_path / "server", writes_rosters=how == "setting")
    stage = opened(server, tmp_path, conference={"roster_entries": how == "server"})
    try:
        romeo = stage.person("romeo")
        team = stage.conference(romeo)
        romeo.receives_presence(team, SUBSCRIBE)
        assert team not in romeo.roster()
    finally:
        stage.close()


def test_trap_ejabberd_23_grants_and_cannot_people_are_asked_and_its_echo_of_our_presence_does_nothing(tmp_path):
    """Debian's ejabberd with mod_privilege: the question for a roster is never answered, and with `presence: roster` our
    own presence comes back to us once for each device."""
    stage = opened(Ejabberd(tmp_path / "server", privileges=True), tmp_path)
    try:
        stage.rollcall.rollcall.wait_for_event("roster.granted", seconds=60)
        romeo = stage.person("romeo")
        team = stage.conference(romeo)
        romeo.accepts_subscription_of(team, seconds=60)
        assert stage.rollcall.rollcall.events("roster.refused"), "the operator should read why people are asked"
        devices = [romeo, second_device(stage, romeo), second_device(stage, romeo)]
        for device in devices:
            device.receives_presence(team, containing="no call")
        for device in devices:
            device.forgets()
        romeo.says(team, "rename Choir")
        romeo.receives_message(team, "choir")
        for device in devices:
            device.receives_presence(team)
            device.asks(stage.service, "<ping xmlns='urn:xmpp:ping'/>")
            again = device.has_received(lambda s: local(s) == "presence" and bare(s.get("from", "")) == team and not s.get("seen"))
            assert not again, "one change is one presence to each device"
    finally:
        stage.close()


def test_trap_stale_presence_who_came_while_rollcall_was_down_is_told_when_it_is_back(server_kind, tmp_path):
    stage = opened(server_kind(tmp_path / "server"), tmp_path)
    try:
        romeo = stage.person("romeo")
        team = stage.conference(romeo)
        romeo.accepts_subscription_of(team)
        romeo.receives_presence(team, containing="no call")
        romeo.says(team, "pin")  # answered when it is on the disk, and what was to be written before it
        romeo.receives_message(team, "pin")
        stage.rollcall.rollcall.kill()
        phone = second_device(stage, romeo)  # its server's probe finds nobody
        stage.rollcall.start_rollcall()
        phone.receives_presence(team, containing="no call", seconds=60)
    finally:
        stage.close()


def test_the_contact_has_one_picture(shared_stage):
    """JC-54: the contact's picture is the same by both protocols, as presence, event, vCard and nodes have it."""
    romeo = shared_stage.person("romeo")
    team = shared_stage.conference(romeo)
    romeo.accepts_subscription_of(team)
    presence = romeo.receives_presence(team, containing="no call")
    name = text_of(child(presence, "x", "vcard-temp:x:update"), "photo")
    vcard = romeo.asks(team, "<vCard xmlns='vcard-temp'/>")
    picture = b64decode(text_of(child(vcard, "PHOTO"), "BINVAL"))
    assert picture.startswith(b"\x89PNG") and hashlib.sha1(picture).hexdigest() == name
    event = romeo.receives(lambda s: local(s) == "message" and s.get("from") == team and child(s, "metadata") is not None)
    info = child(event, "info")
    assert event.get("type") == "headline" and info.get("id") == name and int(info.get("bytes")) == len(picture)
    for node, found in (("metadata", "info"), ("data", "data")):
        answer = romeo.asks(team, "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                                  f"<items node='urn:xmpp:avatar:{node}'><item id='{name}'/></items></pubsub>")
        assert answer.get("from") == team and child(answer, found, f"urn:xmpp:avatar:{node}") is not None
    assert b64decode(text_of(answer, "data")) == picture
