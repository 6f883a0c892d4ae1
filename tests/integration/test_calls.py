"""Calls that come to nothing, each with the right answer; and calls of the probe, by presence, link and end."""

import base64
import hashlib
import hmac
import json
import urllib.error
import urllib.request

import pytest

from rig import jingle
from rig.client import bare, child, error_condition, local, text_of
from rig.stage import COLOURS, TONES


def initiates(person, contact, contents, sid=None):
    """Sends session-initiate to the contact's one resource; its iq answer."""
    return person.asks(f"{contact}/call", jingle.initiate(sid or jingle.new_sid(), contents, person.jid), "set")


def is_end_of(sid):
    """Whatever ends or refuses that call: a terminate, a reject, a finish."""
    def fits(stanza):
        element = child(stanza, "jingle", jingle.JINGLE)
        if element is not None:
            return element.get("sid") == sid and element.get("action") == "session-terminate"
        return any(local(e) in ("reject", "finish") and e.get("id") == sid for e in stanza.iter())
    return fits


def reason_of(stanza):
    reason = child(stanza, "reason", jingle.JINGLE)
    return None if reason is None else next(local(e) for e in reason if local(e) != "text")


def proposes(person, contact):
    sid = jingle.new_sid()
    person.sends(f"<message to='{contact}' type='chat' id='{sid}'>{jingle.propose(sid)}<store xmlns='urn:xmpp:hints'/></message>")
    return sid


def test_a_call_to_an_unknown_conference_is_refused_and_nothing_is_left_ringing(stage):
    romeo = stage.person("romeo")
    nowhere = stage.contact("nowhere")
    answer = initiates(romeo, nowhere, jingle.offer())
    assert answer.get("type") == "error" and error_condition(answer) == "item-not-found"


def test_a_proposal_to_an_unknown_conference_is_rejected_with_a_sentence(stage):
    romeo = stage.person("romeo")
    sid = proposes(romeo, stage.contact("nowhere"))
    romeo.receives(is_end_of(sid), what="a reject")
    assert "no call named" in romeo.receives_message(stage.contact("nowhere"))


def test_a_proposal_is_answered_within_a_second_from_the_one_resource(stage):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    sid = proposes(romeo, team)
    proceed = romeo.receives(lambda s: any(local(e) == "proceed" and e.get("id") == sid for e in s.iter()), seconds=2,
                             what="proceed")
    assert proceed.get("from") == f"{team}/call" and proceed.get("to") == romeo.jid
    romeo.sends(f"<message to='{team}/call' type='chat'><retract xmlns='{jingle.JMI}' id='{sid}'/></message>")


@pytest.mark.parametrize("contents, reason", [
    (jingle.offer(secured=False), "security-error"),
    (jingle.offer(audio="<payload-type id='97' name='speex' clockrate='8000'/>",
                  video="<payload-type id='98' name='theora' clockrate='90000'/>"), "failed-application"),
], ids=["without DTLS", "without a common codec"])
def test_an_offer_that_cannot_be_taken_ends_with_its_reason_and_a_sentence(stage, contents, reason):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    sid = jingle.new_sid()
    assert initiates(romeo, team, contents, sid).get("type") == "result"
    assert reason_of(romeo.receives(is_end_of(sid), what="the end of the call")) == reason
    assert len(romeo.receives_message(team)) > 20


def test_a_stranger_who_calls_is_refused(stage):
    romeo = stage.person("romeo")
    paris = stage.person("paris", domain=stage.server.strangers)
    team = stage.conference(romeo)
    sid = proposes(paris, team)
    assert reason_of(paris.receives(is_end_of(sid), what="a reject")) == "decline"


def test_a_full_mcu_refuses_before_anybody_is_rung(own_stage):
    own_stage.rollcall.settings["mcu"]["capacity_units"] = 1
    own_stage.rollcall.start(web=False)
    romeo, juliet = own_stage.person("romeo"), own_stage.person("juliet")
    romeo.says(own_stage.service, f"call big: {juliet.bare}")
    assert "no place left" in romeo.receives_message(own_stage.service)
    juliet.asks(own_stage.service, "<ping xmlns='urn:xmpp:ping'/>")
    assert not juliet.has_received(lambda s: local(s) == "message" and "@" in s.get("from", ""))  # Prosody tells its users of privileges


def test_without_an_mcu_a_request_is_refused_with_a_sentence(own_stage):
    own_stage.rollcall.start(mcu=False, web=False)
    romeo = own_stage.person("romeo")
    romeo.says(own_stage.service, "call team:")
    assert "media server" in romeo.receives_message(own_stage.service)


def test_the_presence_says_running_with_names_within_a_second_and_idle_again(stage):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    romeo.accepts_subscription_of(team)
    romeo.receives_presence(team, containing="no call", show="xa")
    juliet = stage.probe("juliet", call=team, stay=True, timeout=60)
    juliet.waits_for("connected", seconds=40)
    romeo.receives_presence(team, containing="1 in call", seconds=2)
    romeo.forgets()
    romeo.says(team, "who")
    assert juliet.user in romeo.receives_message(team)
    juliet.leaves()
    romeo.receives_presence(team, containing="no call", show="xa", seconds=2)


def test_two_callers_see_and_hear_one_another_and_not_themselves(stage):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    # Each sends its own colour and tone; that the own tone must not come back is the probe's standing order.
    # Juliet is content with less time, because the nurse leaves as soon as she has had hers.
    juliet = stage.probe("juliet", 0, call=team, expect_colours=COLOURS[1], expect_tones=TONES[1], stay=True, hold=1, timeout=60)
    nurse = stage.probe("nurse", 1, call=team, expect_colours=COLOURS[0], expect_tones=TONES[0], seconds=90, until_met=True,
                        timeout=60, no_bundle=True)
    for report in (nurse.report(180), juliet.leaves()):
        assert report["ok"], report["unmet"]


def test_direct_calls_without_a_proposal_are_taken_too(stage):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    juliet = stage.probe("juliet", call=f"{team}/call", mode="direct", stay=True, timeout=60)
    juliet.waits_for("first-frame", seconds=40)
    juliet.waits_for("first-sound", seconds=40)
    assert juliet.leaves()["ok"]


def test_end_by_the_creator_ends_everybodys_call_with_a_word(stage):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    juliet = stage.probe("juliet", call=team, stay=True, timeout=60)
    juliet.waits_for("connected", seconds=40)
    romeo.says(team, "end")
    juliet.waits_for("message", body="has ended")
    juliet.waits_for("ended", by_peer=True)


def link_of(person, contact):
    person.says(contact, "link")
    words = person.receives_message(contact, "/j/").split()
    return next(word for word in words if "/j/" in word).rstrip(".,)")


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_link_says_what_it_stands_for(stage):
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    link = link_of(romeo, team)
    assert fetch(link)[0] == 200
    status, body = fetch(link.replace("/j/", "/api/link/"))
    assert status == 200 and json.loads(body)["title"] == team.split("@")[0]


def test_a_forged_link_is_refused_with_a_sentence(stage):
    romeo = stage.person("romeo")
    link = link_of(romeo, stage.conference(romeo))
    forged = link[:-1] + ("A" if link[-1] != "A" else "B")
    status, body = fetch(forged.replace("/j/", "/api/link/"))
    assert status == 403 and "not valid" in json.loads(body)["text"]


def test_an_expired_link_is_refused_with_a_sentence(stage):
    text = b"team\n19000"  # a day of 2022
    key = stage.rollcall.settings["links"]["key"].encode()
    signed = base64.urlsafe_b64encode(hmac.new(key, text, hashlib.sha256).digest()[:16] + text).decode().rstrip("=")
    status, body = fetch(f"{stage.rollcall.base_url}/api/link/{signed}")
    assert status == 410 and "expired" in json.loads(body)["text"]


def test_the_sentence_after_an_unknown_conference_names_it(stage):
    romeo = stage.person("romeo")
    romeo.says(stage.contact("nowhere"), "who")
    message = romeo.receives(lambda s: local(s) == "message" and bare(s.get("from", "")) == stage.contact("nowhere"))
    assert "nowhere" in text_of(message, "body")
