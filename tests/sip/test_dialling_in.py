"""Telephones that call in: with an account, with a PIN, or not at all."""

import pytest

from house import PIN, House, Phone, hears_tone
from rig.senses import wait_until


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("house"), accounts=[{"name": "juliet", "password": "balcony"}])
    try:
        yield house.start()
    finally:
        house.close()


def test_two_telephones_hear_one_another(house, tmp_path):
    """Both ways, by their tones: each hears the other's and not its own."""
    account = ";auth_user=juliet;auth_pass=balcony"
    low = Phone(tmp_path / "low", tone=440, account=account).calls(f"sip:{PIN}@127.0.0.1:{house.port}")
    high = Phone(tmp_path / "high", tone=1000, account=account).calls(f"sip:team@127.0.0.1:{house.port}")
    try:
        wait_until(lambda: hears_tone(low, 1000) + hears_tone(high, 440), 60)
    finally:
        low.stop()
        high.stop()
    house.door.wait_for_event("sip.ended", 60, cause="hung-up")


def test_a_wrong_password_reaches_nobody(house, tmp_path):
    before = len(house.heard("call.arrived"))
    phone = Phone(tmp_path / "phone", account=";auth_user=juliet;auth_pass=wrong").calls(f"sip:team@127.0.0.1:{house.port}")
    try:
        phone.process.wait_for(lambda line: "401" in line, 60)
    finally:
        phone.stop()
    assert len(house.heard("call.arrived")) == before
