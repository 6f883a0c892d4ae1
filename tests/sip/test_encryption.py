"""Encrypted telephones: keys over TLS, and what is refused without."""

import pytest

from house import PIN, House, Phone, certificate, hears_tone
from rig.ports import free_port
from rig.senses import wait_until

ACCOUNT = ";auth_user=juliet;auth_pass=balcony"
PICTURES = ("avcodec.so", "fakevideo.so")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Telephones come with an account and encrypted; only who is at 127.0.0.2 comes through a trunk, in the clear."""
    folder = tmp_path_factory.mktemp("house")
    tls = free_port()
    trunk = {"name": "trunk", "mode": "pstn", "profile": "voice", "inbound_from": ["127.0.0.2"]}
    house = House(folder, gateways=[trunk], accounts=[{"name": "juliet", "password": "balcony"}], plain_accounts=False,
                  tls_listen=f"127.0.0.1:{tls}", tls_directory=str(certificate(folder / "tls")))
    house.tls = tls
    try:
        yield house.start()
    finally:
        house.close()


@pytest.fixture
def plain(house, tmp_path):
    phone = Phone(tmp_path / "plain", tone=440, address="127.0.0.2").calls(f"sip:{PIN}@127.0.0.1:{house.port}")
    yield phone
    phone.stop()


def test_a_room_system_with_keys_over_tls(house, plain, tmp_path):
    room = Phone(tmp_path / "room", tone=1000, account=ACCOUNT + ";mediaenc=srtp-mand", transport="tls", sound="opus/48000/2",
                 picture="H264", size="640x360", modules=("opus.so", "srtp.so", *PICTURES))
    room.calls(f"sip:team@127.0.0.1:{house.tls};transport=tls")
    try:
        wait_until(lambda: hears_tone(plain, 1000) + hears_tone(room, 440), 90)
        room.process.wait_for(lambda line: "receiving with resolution 640 x 360" in line, 90)
    finally:
        room.stop()


@pytest.mark.parametrize("media, module", [("", ()), (";mediaenc=srtp-mand", ("srtp.so",))])
def test_neither_plain_media_nor_keys_that_anybody_could_read(house, tmp_path, media, module):
    before = len(house.heard("call.arrived"))
    phone = Phone(tmp_path / "phone", account=ACCOUNT + media, modules=module).calls(f"sip:team@127.0.0.1:{house.port}")
    try:
        phone.process.wait_for(lambda line: "488" in line, 60)
    finally:
        phone.stop()
    assert len(house.heard("call.arrived")) == before
