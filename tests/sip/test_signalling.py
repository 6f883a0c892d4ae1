"""What happens within a call, by SIPp: hold, delayed offer, timers, keys, CANCEL, and what is refused."""

import subprocess
from pathlib import Path

import pytest

from house import PIN, House
from rig.ports import free_port
from rig.senses import wait_until

SCENARIOS = Path(__file__).resolve().parent / "scenarios"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Whoever calls from this machine comes through the gateway `trunk`."""
    trunk = {"name": "trunk", "mode": "pstn", "profile": "voice", "inbound_from": ["127.0.0.1"]}
    house = House(tmp_path_factory.mktemp("house"), gateways=[trunk])
    try:
        yield house.start()
    finally:
        house.close()


def sipp(house, scenario, called=PIN):
    answer = subprocess.run(
        ["sipp", "-sf", SCENARIOS / f"{scenario}.xml", "-s", called, "-i", "127.0.0.1", "-p", str(free_port()),
         "-mp", str(free_port()), "-m", "1", "-timeout", "60s", "-timeout_error", "-nostdin", "-trace_err",
         f"127.0.0.1:{house.port}"],
        cwd=house.folder, capture_output=True, text=True)
    errors = "\n".join(path.read_text() for path in house.folder.glob(f"{scenario}_*_errors.log"))
    assert answer.returncode == 0, f"{errors}\n{answer.stdout[-1500:]}\n{answer.stderr[-1500:]}"


def test_hold_by_invite_and_update_keys_and_a_wish_for_a_picture(house):
    sipp(house, "hold")
    wait_until(lambda: [] if house.heard("call.hangup") else ["no goodbye"], 30)
    changes = [offer["offer"]["media"][0]["direction"] for offer in house.heard("call.offer")]
    assert changes == ["sendonly", "sendrecv", "sendonly"]
    assert [keys["digits"] for keys in house.heard("call.dtmf")] == ["5"]
    assert len(house.heard("call.refresh")) == 1


def test_who_gives_up_before_the_answer_is_let_go(house):
    sipp(house, "cancel", called="slow")


def test_an_offer_of_nothing_that_we_know_is_not_acceptable(house):
    sipp(house, "no_common_codec")


def test_a_conference_that_does_not_exist_is_not_found(house):
    sipp(house, "unknown", called="nowhere")


def test_without_an_offer_the_telephone_gets_ours(house):
    before = len(house.heard("call.answered"))
    sipp(house, "delayed_offer")
    answered = house.heard("call.answered")[before:]
    assert len(answered) == 1 and answered[0]["description"]["media"][0]["mid"] == "audio"
    assert not [call for call in house.heard("call.arrived")[-1:] if "offer" in call]
