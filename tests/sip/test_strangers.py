"""Who is nobody here: no answer to OPTIONS, and silence for who floods."""

import socket
import uuid

import pytest

from house import House
from rig.senses import wait_until


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    trunk = {"name": "trunk", "mode": "pstn", "profile": "voice", "inbound_from": ["127.0.0.1"]}
    house = House(tmp_path_factory.mktemp("house"), gateways=[trunk])
    try:
        yield house.start()
    finally:
        house.close()


class Asker:
    def __init__(self, house, ip):
        self.door, self.ip = ("127.0.0.1", house.port), ip
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((ip, 0))
        self.socket.setblocking(False)

    def ask(self, method):
        """Returns the new Call-ID."""
        call = uuid.uuid4().hex
        port = self.socket.getsockname()[1]
        self.socket.sendto((
            f"{method} sip:team@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {self.ip}:{port};branch=z9hG4bK{uuid.uuid4().hex}\r\n"
            f"From: <sip:x@{self.ip}>;tag=1\r\nTo: <sip:team@127.0.0.1>\r\nCall-ID: {call}\r\nCSeq: 1 {method}\r\n"
            f"Contact: <sip:x@{self.ip}:{port}>\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n").encode(), self.door)
        return call

    def answers(self):
        """What came since it was last asked."""
        texts = []
        while True:
            try:
                texts.append(self.socket.recv(65536).decode(errors="replace"))
            except BlockingIOError:
                return texts

    def gets_answer(self, method, within=30):
        found = []

        def look():
            found.extend(text for text in self.answers() if text.startswith("SIP/2.0"))
            if not found:
                self.ask(method)
            return [] if found else [f"no answer to {method} for {self.ip}"]
        wait_until(look, within)
        return found


def test_options_are_answered_to_a_trunk_and_not_to_a_stranger(house):
    stranger, trunk = Asker(house, "127.0.0.2"), Asker(house, "127.0.0.1")
    for _ in range(5):
        stranger.ask("OPTIONS")
    assert trunk.gets_answer("OPTIONS")[0].startswith("SIP/2.0 200 OK")
    assert stranger.answers() == []


def test_who_floods_is_not_heard_and_others_are(house):
    flood, other, trunk = (Asker(house, f"127.0.0.{last}") for last in (3, 4, 1))
    assert flood.gets_answer("INVITE")
    for _ in range(200):
        flood.ask("INVITE")
    house.door.wait_for_event("sip.stranger", 60, **{"from": "127.0.0.3"})
    assert trunk.gets_answer("OPTIONS") and other.gets_answer("INVITE")
    # What was still to be answered has been. Retransmissions of answers come on their own: a new Call-ID would be new.
    calls = {flood.ask("INVITE") for _ in range(200)}
    assert trunk.gets_answer("OPTIONS")
    assert not [text for text in flood.answers() if any(call in text for call in calls)]
