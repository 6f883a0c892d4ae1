"""People ask for a conference: by chat, by ad-hoc command, by iq. And what they hear when they ask wrongly."""

import signal

import pytest

from rig.client import bare, child, error_condition, local, text_of

COMMANDS = "http://jabber.org/protocol/commands"
FORMS = "jabber:x:data"
CALL = "urn:rollcall:call:0"


def says_and_hears(person, to, words, containing):
    person.says(to, words)
    return person.receives_message(containing=containing)


@pytest.mark.parametrize("at", ["service", "domain"])
def test_help_explains_how_to_start_a_call(stage, at):
    romeo = stage.person("romeo")
    to = stage.service if at == "service" else stage.server.component
    romeo.says(to, "help")
    assert "call juliet@" in romeo.receives_message(to, "call")


def test_call_with_two_people_starts_a_conference_and_says_how_to_join(stage):
    romeo, juliet, mercutio = (stage.person(name) for name in ("romeo", "juliet", "mercutio"))
    answer = says_and_hears(romeo, stage.service, f"call {juliet.bare} {mercutio.bare}", "is ready")
    assert f"@{stage.server.component}" in answer and "http" in answer
    assert juliet.bare in answer and mercutio.bare in answer


def test_call_with_a_name_makes_a_contact_of_that_name(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    team = stage.conference(romeo, "Team", juliet.bare)
    romeo.receives_contact(team.lower())
    juliet.receives_contact(team.lower())


def test_a_name_that_is_taken_is_refused_and_nobody_is_invited(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    team = stage.conference(romeo)
    says_and_hears(romeo, stage.service, f"call {team.split('@')[0]}: {juliet.bare}", "already")
    assert_hears_nothing(stage, juliet)


def assert_hears_nothing(stage, person):
    """After a round trip through the component, in which anything sent before would have come."""
    person.asks(stage.service, "<ping xmlns='urn:xmpp:ping'/>")
    own = f"@{stage.server.component}"
    heard = person.has_received(lambda s: own in s.get("from", "") and local(s) in ("message", "presence"))
    assert not heard, f"{person.user} should not have heard anything"


@pytest.mark.parametrize("words, sentence", [
    ("dance with me", "help"),
    ("call", "help"),
    ("call juliet@@example.org", "not a jabber address"),
    ("call @", "not a jabber address"),
])
def test_what_cannot_be_understood_is_answered_with_a_sentence_and_nobody_is_rung(stage, words, sentence):
    romeo = stage.person("romeo")
    romeo.says(stage.service, words)
    assert sentence in romeo.receives_message(stage.service).lower()


def test_ones_own_address_cannot_be_invited(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    says_and_hears(romeo, stage.service, f"call {romeo.bare} {juliet.bare}", "cannot be invited")
    assert_hears_nothing(stage, juliet)


def test_a_bad_address_among_good_ones_invites_nobody(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    romeo.says(stage.service, f"call {juliet.bare} mercutio@@")
    assert "not a jabber address" in romeo.receives_message(stage.service).lower()
    assert_hears_nothing(stage, juliet)


def test_somebody_named_twice_gets_one_invitation(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    team = stage.conference(romeo, "team", juliet.bare, juliet.bare.upper().replace("EXAMPLE", "Example"), juliet.bare)
    juliet.receives_message(team, "invites you")
    juliet.asks(stage.service, "<ping xmlns='urn:xmpp:ping'/>")
    assert len(juliet.has_received(lambda s: local(s) == "message" and child(s, "body") is not None and bare(s.get("from", "")) == team)) == 1


def test_a_stranger_of_another_domain_is_refused_with_a_sentence_and_rings_nobody(stage):
    paris, juliet = stage.person("paris", domain=stage.server.strangers), stage.person("juliet")
    says_and_hears(paris, stage.service, f"call plot: {juliet.bare}", "may not")
    assert_hears_nothing(stage, juliet)


def test_the_iq_for_client_authors_starts_a_conference(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    name = stage.fresh("iq")
    answer = romeo.asks(stage.service, f"<call xmlns='{CALL}' name='{name}'><invitee jid='{juliet.bare}'/></call>", "set")
    assert answer.get("type") == "result"
    conference = child(answer, "conference", CALL)
    assert conference.get("jid") == stage.contact(name)
    assert conference.get("uri") == f"xmpp:{stage.contact(name)}"
    assert conference.get("link").startswith(stage.rollcall.base_url + "/j/")
    juliet.receives_message(stage.contact(name), "invites you")


@pytest.mark.parametrize("invitee, condition", [("juliet@@x", "jid-malformed"), ("{me}", "not-acceptable")])
def test_a_wrong_iq_gets_the_right_stanza_error(stage, invitee, condition):
    romeo = stage.person("romeo")
    answer = romeo.asks(stage.service, f"<call xmlns='{CALL}'><invitee jid='{invitee.format(me=romeo.bare)}'/></call>", "set")
    assert answer.get("type") == "error" and error_condition(answer) == condition
    assert text_of(answer, "text"), "an error should have a sentence for people"


def test_an_iq_of_a_stranger_is_forbidden(stage):
    paris = stage.person("paris", domain=stage.server.strangers)
    answer = paris.asks(stage.service, f"<call xmlns='{CALL}' name='plot'/>", "set")
    assert error_condition(answer) == "forbidden"


def command_nodes(person, to):
    items = person.asks(to, f"<query xmlns='http://jabber.org/protocol/disco#items' node='{COMMANDS}'/>")
    return {e.get("node"): e.get("name") for e in items.iter() if local(e) == "item"}


def run_command(person, to, node, **fields):
    """Opens the form, fills it in, completes it: the last answer's note."""
    form = child(person.asks(to, f"<command xmlns='{COMMANDS}' node='{node}' action='execute'/>", "set"), "command")
    assert form is not None and form.get("status") == "executing"
    names = {e.get("var") for e in form.iter() if local(e) == "field"}
    assert set(fields) <= names, f"the form has the fields {names}"
    filled = "".join(f"<field var='{name}'>" + "".join(f"<value>{v}</value>" for v in values) + "</field>"
                     for name, values in fields.items())
    done = person.asks(to, f"<command xmlns='{COMMANDS}' node='{node}' sessionid='{form.get('sessionid')}' action='complete'>"
                           f"<x xmlns='{FORMS}' type='submit'>{filled}</x></command>", "set")
    return child(done, "command") if done.get("type") == "result" else done


def test_the_ad_hoc_command_starts_a_conference_and_invites(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    assert "create" in command_nodes(romeo, stage.service)
    name = stage.fresh("adhoc")
    done = run_command(romeo, stage.service, "create", name=[name], invitees=[juliet.bare])
    assert done.get("status") == "completed"
    assert name in text_of(done, "note")
    juliet.receives_message(stage.contact(name), "invites you")


def test_an_ad_hoc_command_with_a_bad_address_says_so_and_invites_nobody(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    done = run_command(romeo, stage.service, "create", name=[stage.fresh("adhoc")], invitees=[juliet.bare, "mercutio@@"])
    assert done.get("type") == "error" or child(done, "note").get("type") == "error"
    assert_hears_nothing(stage, juliet)


def test_a_conference_tells_who_is_in_it_gives_its_link_and_knows_help(stage):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    says_and_hears(romeo, team, "who", "nobody is in")
    assert stage.rollcall.base_url + "/j/" in says_and_hears(romeo, team, "link", "http")
    says_and_hears(romeo, team, "help", "invite")


def test_a_conference_invites_somebody_more(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    team = stage.conference(romeo)
    says_and_hears(romeo, team, f"invite {juliet.bare}", "have invited")
    juliet.receives_message(team, "invites you")


def test_only_who_started_a_conference_can_end_it(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    team = stage.conference(romeo, "team", juliet.bare)
    says_and_hears(juliet, team, "end", "only a moderator")
    says_and_hears(romeo, team, "end", "has ended")


def test_who_may_start_calls_is_read_again_from_the_settings(own_stage):
    """SIGHUP: without a restart the users of another domain may, and the limits are new."""
    own_stage.rollcall.start(mcu=False, web=False)
    paris = own_stage.person("paris", domain=own_stage.server.strangers)
    paris.says(own_stage.service, "call team:")
    assert "media server" not in paris.receives_message(own_stage.service)
    own_stage.rollcall.settings["conference"]["allowed_domains"] = [own_stage.server.domain, own_stage.server.strangers]
    own_stage.rollcall.write_settings()
    own_stage.rollcall.rollcall.child.send_signal(signal.SIGHUP)
    own_stage.rollcall.rollcall.wait_for_event("settings.reloaded", seconds=60)
    paris.says(own_stage.service, "call team:")
    assert "media server" in paris.receives_message(own_stage.service)
