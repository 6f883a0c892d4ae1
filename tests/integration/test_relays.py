"""STUN and TURN for the MCU, as the users' server (Prosody) grants them (XEP-0215), with coturn behind them."""

import json

import pytest

from rig.prosody import Prosody
from rig.relay import Relay
from rig.senses import wait_until
from rig.stage import Stage


@pytest.fixture
def relay(tmp_path):
    relay = Relay(tmp_path).start()
    yield relay
    relay.stop()


@pytest.fixture
def stage(relay, tmp_path):
    stage = Stage(Prosody(tmp_path / "server", relay=relay).start(), tmp_path)
    try:
        stage.rollcall.start(web=False)
        yield stage
    finally:
        stage.close()


def messages(stage):
    return [json.loads(json.loads(line)["text"]) for line in stage.rollcall.transcript.read_text().splitlines()]


def candidates_in(value):
    """All that stand anywhere in a message."""
    if isinstance(value, list):
        return [candidate for each in value for candidate in candidates_in(each)]
    if not isinstance(value, dict):
        return []
    own = [*value.get("candidates", []), *filter(None, [value.get("candidate")])]
    return own + [candidate for key, each in value.items() if key not in ("candidate", "candidates") for candidate in candidates_in(each)]


def has_relay(stage, relay):
    return any(each["type"] == "relay" and each["ip"] == relay.host for message in messages(stage) for each in candidates_in(message))


def test_the_mcu_uses_the_stun_and_turn_servers_that_the_users_server_grants(stage, relay):
    granted = stage.rollcall.rollcall.wait_for_event("ice.granted", seconds=60)
    assert (granted["server"], granted["stun"], granted["turn"]) == (stage.server.domain, relay.host, relay.host)

    romeo = stage.person("romeo")
    juliet = stage.probe("juliet", call=stage.conference(romeo), stay=True, timeout=120)
    juliet.waits_for("connected", seconds=60)
    created = next(m["params"] for m in messages(stage) if m.get("method") == "leg.create")
    place = {"ip": relay.host, "port": relay.port}
    assert place.items() <= created["stun"].items() and place.items() <= created["turn"].items()
    # coturn's form: the moment until which it is good, and the rest; the password fits, or there would be no relay.
    assert created["turn"]["user"].split(":")[0].isdigit() and created["turn"]["password"]
    wait_until(lambda: [] if has_relay(stage, relay) else ["no candidate of the MCU is at the relay"], 60)
    relay.waits_for("ALLOCATE processed, success")
    juliet.leaves()
