"""Guests on the join page, through the real door and the real MCU; only the allocator is a bare one without XMPP."""

import os
import signal

import pytest

from rig.house import joins, keeps_receiving, opens, state_of, waits_for_state
from rig.senses import hears, near, rgb, sees, wait_until

RED, BLUE, GREEN = "#d02020", "#2040d0", "#109030"


def test_two_guests_see_and_hear_one_another(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    for page in (ann, bob):
        sees(page, [RED, BLUE])
        keeps_receiving(page)
    hears(ann, [620], own=440)
    hears(bob, [440], own=620)
    assert house.people() == ["Ann", "Bob"]
    wait_until(lambda: [] if ann.text("#people").split() == ["Ann", "Bob"] else ["Ann's page does not list Bob"])
    mix = ann.evaluate("(({videoWidth, videoHeight}) => [videoWidth, videoHeight])(document.getElementById('mix'))")
    assert mix == [1280, 720]


def test_a_guest_sends_no_more_than_the_page_promises(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    sees(ann, [RED])
    sent = ann.evaluate("""senses.connections[0].getSenders().find(s => s.track.kind === 'video').getParameters().encodings""")
    assert [(layer["rid"], layer["maxBitrate"], layer["maxFramerate"]) for layer in sent] == \
        [("low", 150_000, 30), ("middle", 500_000, 30)]
    codec = ann.evaluate("""senses.connections[0].getStats().then(all => [...all.values()]
        .find(s => s.type === 'outbound-rtp' && s.kind === 'video')).then(async out => {
          const all = await senses.connections[0].getStats(); return all.get(out.codecId).mimeType; })""")
    assert codec == "video/VP8"


def test_without_camera_and_microphone_one_watches_and_listens(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    carl = opens(browser, house, "Carl")
    waits_for_state(carl, "lobby")
    wait_until(lambda: [] if "watch and listen" in carl.text("#notice") else ["the page does not say what is missing"])
    carl.click("#join")
    waits_for_state(carl, "connected")
    sees(carl, [RED])
    hears(carl, [440])
    assert carl.evaluate("document.getElementById('mute').disabled") is True
    sees(ann, [RED])


def test_mute_and_camera_act_at_once_and_back(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    sees(bob, [RED, BLUE])
    hears(bob, [440])
    ann.click("#mute")
    hears(bob, [], absent=[440])
    ann.click("#camera")
    sees(bob, [BLUE], absent=[RED])
    ann.click("#mute")
    ann.click("#camera")
    sees(bob, [RED, BLUE])
    hears(bob, [440])
    assert state_of(ann) == "connected"


def test_who_leaves_is_gone_from_the_picture_and_can_come_back(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    sees(ann, [RED, BLUE])
    bob.click("#leave")
    assert bob.text("#over-text") == "You have left the conference."
    sees(ann, [RED], absent=[BLUE])
    wait_until(lambda: [] if house.people() == ["Ann"] else ["Bob is still listed"])
    bob.click("#again")
    wait_until(lambda: [] if not bob.evaluate("document.getElementById('join').disabled") else ["Join is disabled"])
    bob.click("#join")
    waits_for_state(bob, "connected")
    sees(ann, [RED, BLUE])


def test_closing_the_page_leaves_the_conference(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    sees(ann, [RED, BLUE])
    bob.goto(house.url().replace("/j/team.1", "/page/icon.svg"))
    wait_until(lambda: [] if house.people() == ["Ann"] else ["Bob is still listed"], seconds=10)
    sees(ann, [RED], absent=[BLUE])


@pytest.mark.parametrize("link, sentence", [("forged.1", "not valid"), ("expired.1", "expired")])
def test_a_link_that_is_no_good_says_so_and_cannot_be_used(house, browser, link, sentence):
    page = opens(browser, house, "Ann", RED, 440, link)
    waits_for_state(page, "refused")
    assert sentence in page.text("#notice")
    assert page.evaluate("document.getElementById('join').disabled") is True


@pytest.mark.parametrize("link, sentence", [("full.1", "full"), ("slow.1", "did not answer in time")])
def test_a_conference_that_takes_nobody_says_why_and_may_be_tried_again(house, browser, link, sentence):
    page = opens(browser, house, "Ann", RED, 440, link)
    waits_for_state(page, "lobby")
    page.click("#join")
    wait_until(lambda: [] if sentence in page.text("#notice") else ["the page does not say why"], seconds=25)
    assert page.evaluate("document.getElementById('join').disabled") is False


def test_the_end_of_the_conference_is_told(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    os.kill(house.running["allocator"].pid, signal.SIGUSR1)
    waits_for_state(ann, "ended", 10)
    assert ann.text("#over-text") == "The conference has been ended."


def test_a_call_goes_on_without_the_allocator_and_nobody_new_gets_in(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    sees(ann, [RED])
    house.running["allocator"].kill()
    wait_until(lambda: [] if "restarting" in ann.text("#state") else ["the page does not notice"], seconds=40)
    keeps_receiving(ann)
    assert state_of(ann) == "connected"
    late = opens(browser, house, "Late", BLUE, 620)
    waits_for_state(late, "refused")
    assert "try again" in late.text("#notice")


def test_after_the_door_was_restarted_the_page_joins_again_by_itself(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    sees(bob, [RED, BLUE])
    house.running["web"].kill()
    keeps_receiving(ann)  # the door carries no media
    house.start_web()
    for page in (ann, bob):
        wait_until(lambda page=page: [] if len(page.evaluate("senses.connections.map(c => c.connectionState)")) > 1 else
                   [f"{page.name} has not joined again"], seconds=40)
        waits_for_state(page, "connected", 40)
        sees(page, [RED, BLUE])


def test_after_the_mcu_was_killed_the_page_joins_the_next_one_by_itself(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    sees(ann, [RED])
    house.running["mcu"].kill()
    waits_for_state(ann, "reconnecting", 40)
    house.start_mcu()
    waits_for_state(ann, "connected", 60)
    sees(ann, [RED])


def test_a_lost_connection_is_mended_by_an_ice_restart_of_the_same_call(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    sees(ann, [RED])
    ufrag = "senses.connections[0].localDescription.sdp.match(/ice-ufrag:(.*)/)[1]"
    before = ann.evaluate(ufrag)
    ann.evaluate("""(pc => { Object.defineProperty(pc, 'connectionState', { configurable: true, get: () => 'failed' });
        pc.onconnectionstatechange(); })(senses.connections[0])""")
    wait_until(lambda: [] if ann.evaluate(ufrag) != before else ["no ICE restart"])
    ann.evaluate("void delete senses.connections[0].connectionState")
    waits_for_state(ann, "connected", 30)
    keeps_receiving(ann)
    assert len(ann.evaluate("senses.connections.map(c => c.connectionState)")) == 1
    assert house.people() == ["Ann"]


def test_the_page_is_its_own_and_shows_what_the_test_can_see(house, browser):
    ann = joins(browser, house, "Ann", GREEN, 440)
    sees(ann, [GREEN])
    outside = ann.evaluate("performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin))")
    assert outside == []
    shown = ann.evaluate("""(() => { const mix = document.getElementById('mix'), c = document.createElement('canvas');
        [c.width, c.height] = [mix.videoWidth, mix.videoHeight]; const x = c.getContext('2d'); x.drawImage(mix, 0, 0);
        return [...x.getImageData(c.width / 2, c.height / 4, 1, 1).data].slice(0, 3); })()""")
    assert near(shown, rgb(GREEN)), shown
