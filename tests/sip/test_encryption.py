"""A telephone with an account that comes without encryption, or with keys that anybody could read, is refused."""

import pytest

from house import House, Phone

ACCOUNT = ";auth_user=juliet;auth_pass=balcony"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("house"), accounts=[{"name": "juliet", "password": "balcony"}], plain_accounts=False)
    try:
        yield house.start()
    finally:
        house.close()


@pytest.mark.parametrize("media, module", [("", ()), (";mediaenc=srtp-mand", ("srtp.so",))])
def test_neither_plain_media_nor_keys_that_anybody_could_read(house, tmp_path, media, module):
    before = len(house.heard("call.arrived"))
    phone = Phone(tmp_path / "phone", account=ACCOUNT + media, modules=module).calls(f"sip:team@127.0.0.1:{house.port}")
    try:
        phone.process.wait_for(lambda line: "488" in line, 60)
    finally:
        phone.stop()
    assert len(house.heard("call.arrived")) == before
