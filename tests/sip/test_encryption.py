"""Encrypted telephones with an account: keys over TLS, keys by DTLS, and what is refused without."""

import subprocess

import pytest

from house import House, Phone, hears_tone
from rig.ports import free_port
from rig.senses import wait_until

ACCOUNT = ";auth_user=juliet;auth_pass=balcony"
DTLS = {"account": ACCOUNT + ";mediaenc=dtls_srtp", "modules": ("dtls_srtp.so",), "mux": "yes"}


def certificate(folder):
    """Our own, with its key in the same file, as the door wants it."""
    folder.mkdir()
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                    "-keyout", folder / "key", "-out", folder / "cafile.pem"], check=True, capture_output=True)
    (folder / "agent.pem").write_text((folder / "key").read_text() + (folder / "cafile.pem").read_text())
    return folder


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    tls = free_port()
    house = House(folder, accounts=[{"name": "juliet", "password": "balcony"}], plain_accounts=False,
                  tls_listen=f"127.0.0.1:{tls}", tls_directory=str(certificate(folder / "tls")))
    house.tls = tls
    try:
        yield house.start()
    finally:
        house.close()


def test_keys_by_dtls_and_keys_over_tls(house, tmp_path):
    """One telephone of each; they hear one another."""
    low = Phone(tmp_path / "low", tone=440, **DTLS).calls(f"sip:team@127.0.0.1:{house.port}")
    high = Phone(tmp_path / "high", tone=1000, account=ACCOUNT + ";mediaenc=srtp-mand", modules=("srtp.so",), transport="tls")
    high.calls(f"sip:team@127.0.0.1:{house.tls};transport=tls")
    try:
        wait_until(lambda: hears_tone(low, 1000) + hears_tone(high, 440), 90)
    finally:
        low.stop()
        high.stop()


@pytest.mark.parametrize("media, module", [("", ()), (";mediaenc=srtp-mand", ("srtp.so",))])
def test_neither_plain_media_nor_keys_that_anybody_could_read(house, tmp_path, media, module):
    before = len(house.heard("call.arrived"))
    phone = Phone(tmp_path / "phone", account=ACCOUNT + media, modules=module).calls(f"sip:team@127.0.0.1:{house.port}")
    try:
        phone.process.wait_for(lambda line: "488" in line, 60)
    finally:
        phone.stop()
    assert len(house.heard("call.arrived")) == before
