"""How much of its camera a page sends, and which of the sizes the MCU decodes."""

import os
import signal
import time

from rig.house import joins, opens, waits_for_state
from rig.senses import sees, wait_until

RED, BLUE = "#d02020", "#2040d0"


def decoded_height(house, name, since=0):
    """Lines of somebody's picture as the MCU decodes it, as it said last."""
    said = [event for event in house.running["allocator"].events("leg.health", since=since) if event["name"] == name]
    return int(said[-1]["picture_height"]) if said else None


def decoded(house, name, *, large):
    """Waits until the MCU decodes the smaller or the larger size of somebody's picture. A browser that is short of CPU
    makes both smaller than the camera's half and whole."""
    def is_so():
        now = decoded_height(house, name)
        good = now is not None and now > 0 and (now > 180) == large
        return [] if good else [f"{name} is decoded with {now} lines"]
    wait_until(is_so, 90)


def test_of_the_sizes_that_a_page_sends_the_mcu_decodes_the_one_it_shows(house, browser):
    ann = joins(browser, house, "Ann", RED, 440)
    bob = joins(browser, house, "Bob", BLUE, 620)
    sees(bob, [RED, BLUE])
    decoded(house, "Ann", large=True)
    decoded(house, "Bob", large=True)
    allocator = house.running["allocator"]
    os.kill(allocator.pid, signal.SIGUSR2)  # Ann large, Bob beside her
    decoded(house, "Bob", large=False)
    decoded(house, "Ann", large=True)
    sees(bob, [RED, BLUE])
    began = time.monotonic()
    os.kill(allocator.pid, signal.SIGUSR2)  # Bob large, Ann beside him
    decoded(house, "Bob", large=True)
    print(f"Bob is large {time.monotonic() - began:.1f} s after he was put in the spotlight")
    decoded(house, "Ann", large=False)
    sees(ann, [RED, BLUE])
    sent = bob.evaluate("""senses.connections[0].getStats().then(all => [...all.values()]
        .filter(s => s.type === 'outbound-rtp' && s.kind === 'video').map(s => [s.rid, s.framesSent]))""")
    assert sorted(rid for rid, frames in sent if frames > 0) == ["low", "middle"]


def asked_for(page):
    """Bits per second that the page's encoder aims at."""
    return page.evaluate("""senses.connections[0].getStats().then(all => [...all.values()]
        .filter(s => s.type === 'outbound-rtp' && s.kind === 'video').reduce((sum, s) => sum + (s.targetBitrate ?? 0), 0))""")


def test_a_page_that_sends_one_size_sends_less_of_it_for_a_small_tile(house, browser):
    joins(browser, house, "Ann", RED, 440)
    bob = opens(browser, house, "Bob", BLUE, 620)
    waits_for_state(bob, "lobby")
    bob.evaluate("""(add => { RTCPeerConnection.prototype.addTransceiver = function (what, { direction }) {
        return add.call(this, what, { direction }); }; })(RTCPeerConnection.prototype.addTransceiver)""")
    bob.fill("#name", "Bob")
    bob.click("#join")
    waits_for_state(bob, "connected", 90)
    wait_until(lambda: [] if asked_for(bob) > 300_000 else [f"Bob's page aims at {asked_for(bob)} bit/s"], 90)
    os.kill(house.running["allocator"].pid, signal.SIGUSR2)  # Ann large, Bob beside her
    wait_until(lambda: [] if 0 < asked_for(bob) <= 200_000 else [f"Bob's page still aims at {asked_for(bob)} bit/s"], 90)
    assert len(bob.evaluate("senses.connections[0].getSenders().find(s => s.track.kind === 'video').getParameters().encodings")) == 1
