"""What an invitee gets: one message with three ways to join, a contact, and its presence."""

import urllib.request

from rig.client import bare, child, local


def test_an_invitation_says_who_to_what_and_how_to_join(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    team = stage.conference(romeo, "team", juliet.bare)
    words = juliet.receives_message(team, "invites you")
    assert romeo.bare in words and f"xmpp:{team}" in words
    link = next(word for word in words.split() if word.startswith(stage.rollcall.base_url + "/j/")).rstrip(".,")
    with urllib.request.urlopen(link, timeout=10) as page:
        assert page.status == 200 and b"<html" in page.read()


def test_an_invitation_is_a_chat_message_that_a_server_keeps(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    team = stage.conference(romeo, "team", juliet.bare)
    stanza = juliet.receives(lambda s: local(s) == "message" and bare(s.get("from", "")) == team and child(s, "body") is not None)
    assert stanza.get("type") == "chat" and child(stanza, "store", "urn:xmpp:hints") is not None


def test_somebody_who_is_offline_finds_the_invitation_when_he_comes(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet", online=False)
    team = stage.conference(romeo, "team", juliet.bare)
    comes_until_he_finds(juliet, team)
    juliet.receives_contact(team)


def comes_until_he_finds(person, team, times=4):
    """ejabberd stores by a process of its own: who logs in within the same moment gets his mail at the next login."""
    for time in range(times):
        person.login()
        try:
            return person.receives_message(team, "invites you", seconds=10)
        except AssertionError:
            if time == times - 1:
                raise
            person.logout()


def test_who_accepts_the_contact_sees_its_presence_and_has_it_in_the_roster(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    team = stage.conference(romeo, "team", juliet.bare)
    juliet.accepts_subscription_of(team)
    presence = juliet.receives_presence(team, containing="no call", show="xa")
    assert presence.get("from") == f"{team}/call"
    roster = juliet.asks(juliet.bare, "<query xmlns='jabber:iq:roster'/>")
    items = {e.get("jid"): e.get("subscription") for e in roster.iter() if local(e) == "item"}
    assert items.get(team) == "both"


def test_a_contact_answers_discovery_so_that_a_call_button_appears(stage):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    info = romeo.asks(f"{team}/call", "<query xmlns='http://jabber.org/protocol/disco#info'/>")
    features = {e.get("var") for e in info.iter() if local(e) == "feature"}
    assert {"urn:xmpp:jingle:1", "urn:xmpp:jingle-message:0", "urn:xmpp:jingle:transports:ice-udp:1", "urn:xmpp:jingle:apps:rtp:1",
            "urn:xmpp:jingle:apps:rtp:audio", "urn:xmpp:jingle:apps:rtp:video", "urn:xmpp:jingle:apps:dtls:0"} <= features


def test_the_presence_comes_again_at_the_next_login(stage):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    romeo.accepts_subscription_of(team)
    romeo.receives_presence(team, containing="no call")
    romeo.logout()
    romeo.forgets()
    romeo.login()
    romeo.receives_presence(team, containing="no call")


def test_somebody_who_was_never_invited_may_add_the_contact_if_he_knows_it(stage):
    romeo, mercutio = stage.person("romeo"), stage.person("mercutio")
    team = stage.conference(romeo)
    mercutio.subscribes_to(team)
    mercutio.receives_presence(team, "subscribed")
    mercutio.receives_presence(team, containing="no call")
