"""A conference in a group chat (XEP-0045) of the users' server."""

import pytest

from rig.client import child, local, text_of

MUC = "http://jabber.org/protocol/muc"


def has_code(stanza, code):
    return any(local(each) == "status" and each.get("code") == code for each in stanza.iter())


class GroupChat:
    """One of `owner`'s, which shows addresses to everybody or to its moderators alone."""

    def __init__(self, stage, owner, shown_to="anyone"):
        self.stage, self.address = stage, f"{stage.fresh('band')}@rooms.{stage.server.domain}"
        self.contact = stage.contact(self.address.split("@")[0])
        self.enters(owner)
        answer = owner.asks(self.address, f"<query xmlns='{MUC}#owner'><x xmlns='jabber:x:data' type='submit'>"
                                          f"<field var='FORM_TYPE'><value>{MUC}#roomconfig</value></field>"
                                          f"<field var='muc#roomconfig_whois'><value>{shown_to}</value></field></x></query>", "set")
        assert answer.get("type") == "result"

    def enters(self, person):
        place = f"{self.address}/{person.user}"
        person.sends(f"<presence to='{place}'><x xmlns='{MUC}'/></presence>")
        person.receives(lambda s: local(s) == "presence" and s.get("from") == place and has_code(s, "110"), 60, f"his place {place}")

    def invites_us(self, person):
        person.sends(f"<message to='{self.address}'><x xmlns='{MUC}#user'><invite to='{self.stage.service}'/></x></message>")

    def is_told(self, person, words):
        person.sends(f"<message to='{self.address}' type='groupchat'><body>{words}</body></message>")

    def hears(self, person, containing):
        """What we say before all, as that person reads it."""
        return person.receives(lambda s: local(s) == "message" and s.get("type") == "groupchat"
                               and s.get("from") == f"{self.address}/Rollcall" and containing.lower() in text_of(s, "body").lower(),
                               60, f"'{containing}' in {self.address}")

    def sees(self, person, kind=None):
        person.receives(lambda s: local(s) == "presence" and s.get("from") == f"{self.address}/Rollcall" and s.get("type") == kind,
                        60, f"Rollcall {kind or 'available'} in {self.address}")


def invites_directly(person, stage, group):
    person.sends(f"<message to='{stage.service}'><x xmlns='jabber:x:conference' jid='{group.address}'/></message>")


@pytest.fixture
def people(stage):
    return stage.person("romeo"), stage.person("juliet")


def test_a_group_chat_that_invites_us_gets_a_call_to_which_everyone_is_invited_on_request(stage, people):
    romeo, juliet = people
    group = GroupChat(stage, romeo)
    group.enters(juliet)
    group.invites_us(romeo)
    line = text_of(group.hears(juliet, "to join"), "body")
    assert group.contact in line and stage.rollcall.base_url in line
    group.is_told(romeo, "Rollcall: call everyone")
    assert juliet.bare in text_of(group.hears(romeo, "I have invited"), "body")
    juliet.receives_message(group.contact, "invites you")


def test_where_addresses_are_hidden_it_works_by_link_and_anybody_may_send_us_away(stage, people):
    romeo, juliet = people
    group = GroupChat(stage, romeo, shown_to="moderators")
    group.enters(juliet)
    invites_directly(romeo, stage, group)
    group.hears(juliet, "to join")
    group.is_told(juliet, "@Rollcall call everyone")
    assert stage.rollcall.base_url in text_of(group.hears(juliet, "hides"), "body")
    group.is_told(juliet, "Rollcall: leave")
    group.sees(juliet, "unavailable")
    romeo.receives_contact(group.contact)


def test_who_administers_the_group_chat_moderates_its_call(stage, people):
    """Juliet's group chat, Romeo's invitation: the conference is his, and she moderates it, though her address is hidden from us."""
    romeo, juliet = people
    group = GroupChat(stage, juliet, shown_to="moderators")
    group.enters(romeo)
    invites_directly(romeo, stage, group)
    group.hears(romeo, "to join")
    group.is_told(juliet, "Rollcall: lock")
    group.hears(juliet, "is locked")
    nurse = stage.person("nurse")
    group.enters(nurse)
    group.is_told(nurse, "Rollcall: unlock")
    group.hears(nurse, "only a moderator")


def test_a_word_in_private_is_answered_in_private(stage, people):
    romeo, _ = people
    group = GroupChat(stage, romeo)
    invites_directly(romeo, stage, group)
    group.hears(romeo, "to join")
    romeo.sends(f"<message to='{group.address}/Rollcall' type='chat'><body>who</body><x xmlns='{MUC}#user'/></message>")
    answer = romeo.receives(lambda s: local(s) == "message" and s.get("type") == "chat"
                            and s.get("from") == f"{group.address}/Rollcall", 60, "a private answer")
    assert "Nobody is in" in text_of(answer, "body")


def test_who_may_not_start_calls_gets_none_for_his_group_chat(stage):
    stranger = stage.person("paris", domain=stage.server.strangers)
    romeo = stage.person("romeo")
    group = GroupChat(stage, romeo)
    invites_directly(stranger, stage, group)
    stranger.receives_message(stage.service, stage.server.strangers)


def test_after_a_restart_we_are_back_and_correct_our_line(own_stage):
    own_stage.rollcall.start()
    romeo = own_stage.person("romeo")
    group = GroupChat(own_stage, romeo)
    invites_directly(romeo, own_stage, group)
    line = group.hears(romeo, "to join")
    own_stage.rollcall.stop()
    own_stage.rollcall.start()
    again = group.hears(romeo, "to join")
    assert child(again, "replace", "urn:xmpp:message-correct:0").get("id") == line.get("id")
    group.is_told(romeo, "Rollcall: who")
    group.hears(romeo, "Nobody is in")
