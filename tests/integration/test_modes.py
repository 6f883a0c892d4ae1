"""The directory of modes: it lives at each user's own server, and what Rollcall holds is a copy of it."""

import time
from pathlib import Path

from rig.client import child, error_condition

NODE = "urn:rollcall:modes:0"
PUBSUB = "http://jabber.org/protocol/pubsub"
DESK = "<mode type='pstn' address='+49301234567' label='desk'/>"


def has_service(stage, person):
    person.subscribes_to(stage.service)
    person.receives_presence(stage.service, "subscribe")
    person.sends(f"<presence to='{stage.service}' type='subscribed'/>")
    person.receives_presence(stage.service, "subscribed")
    return person


def publishes(person, modes):
    payload = f"<modes xmlns='{NODE}'>{modes}</modes>"
    answer = person.asks(person.bare, f"<pubsub xmlns='{PUBSUB}'><publish node='{NODE}'><item id='current'>{payload}</item>"
                         "</publish></pubsub>", "set")
    assert error_condition(answer) is None


def hears_ways(stage, person, wanted, seconds=120, again=None):
    """Asks again and again, because news of a node take their time. `again`: publishes these once more each time; a server
    that does not know yet what we want to hear of tells us nothing of the first one."""
    deadline = time.monotonic() + seconds
    while True:
        person.forgets()
        person.says(stage.service, "modes")
        heard = person.receives_message(stage.service)
        if wanted(heard):
            return heard
        assert time.monotonic() < deadline, heard
        time.sleep(2)
        if again:
            publishes(person, again)


def comes_again(person):
    person.logout()
    person.login()


def test_what_a_user_publishes_is_known_and_what_he_retracts_is_gone(stage):
    juliet = has_service(stage, stage.person("juliet"))
    publishes(juliet, DESK)
    assert "your server holds them" in hears_ways(stage, juliet, lambda heard: "+49301234567 desk" in heard, again=DESK)
    publishes(juliet, DESK + "<mode type='isdn' address='4711^33'/>")
    hears_ways(stage, juliet, lambda heard: "isdn 4711^33" in heard)
    juliet.asks(juliet.bare, f"<pubsub xmlns='{PUBSUB}'><retract node='{NODE}' notify='true'><item id='current'/></retract>"
                "</pubsub>", "set")
    if stage.server.kind == "ejabberd":
        comes_again(juliet)  # 23.01 tells nobody but the owner's clients of a retraction; we ask at each login
    assert "no way to reach you" in hears_ways(stage, juliet, lambda heard: "+49301234567" not in heard)


def test_modes_published_before_we_are_a_contact_come_with_it(stage):
    juliet = stage.person("juliet")
    publishes(juliet, DESK)
    has_service(stage, juliet)
    hears_ways(stage, juliet, lambda heard: "+49301234567 desk" in heard)


def test_the_telephone_of_a_vcard_serves_who_has_no_modes(stage):
    juliet = stage.person("juliet")
    juliet.asks(juliet.bare, "<vCard xmlns='vcard-temp'><FN>Juliet</FN><TEL><WORK/><VOICE/><NUMBER>+49 30 7654321</NUMBER>"
                "</TEL></vCard>", "set")
    has_service(stage, juliet)
    comes_again(juliet)
    assert "vCard" in hears_ways(stage, juliet, lambda heard: "+49307654321" in heard)


def test_who_tells_us_himself_hears_that_his_server_does_not_know(stage):
    juliet, romeo = stage.person("juliet"), stage.person("romeo")
    juliet.says(stage.service, "modes mobile +49 170 1234567")
    heard = juliet.receives_message(stage.service, "mobile +491701234567")
    assert stage.server.domain in heard
    form = child(juliet.asks(stage.service, "<command xmlns='http://jabber.org/protocol/commands' node='modes'/>", "set"), "x")
    assert any(value.text == "mobile +491701234567" for value in form.iter("{jabber:x:data}value"))
    romeo.says(stage.service, "modes")
    assert "+491701234567" not in romeo.receives_message(stage.service)


def test_the_server_is_the_truth_after_the_database_is_lost(own_stage):
    own_stage.rollcall.start(mcu=False, web=False)
    juliet = has_service(own_stage, own_stage.person("juliet"))
    publishes(juliet, DESK)
    hears_ways(own_stage, juliet, lambda heard: "+49301234567" in heard, again=DESK)
    own_stage.rollcall.stop()
    for file in Path(own_stage.rollcall.folder).glob("rollcall.db*"):
        file.unlink()
    own_stage.rollcall.start(mcu=False, web=False)
    comes_again(juliet)
    hears_ways(own_stage, juliet, lambda heard: "+49301234567" in heard)


def test_what_was_retracted_while_we_were_away_is_gone_at_the_next_login(own_stage):
    own_stage.rollcall.start(mcu=False, web=False)
    juliet = has_service(own_stage, own_stage.person("juliet"))
    publishes(juliet, DESK)
    hears_ways(own_stage, juliet, lambda heard: "+49301234567" in heard, again=DESK)
    own_stage.rollcall.stop()
    juliet.asks(juliet.bare, f"<pubsub xmlns='{PUBSUB}#owner'><delete node='{NODE}'/></pubsub>", "set")
    own_stage.rollcall.start(mcu=False, web=False)
    comes_again(juliet)
    hears_ways(own_stage, juliet, lambda heard: "+49301234567" not in heard)
