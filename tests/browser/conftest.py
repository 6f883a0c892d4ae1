import pytest

from rig.browser import Browser
from rig.ejabberd import Ejabberd
from rig.house import House, Windows
from rig.prosody import Prosody
from rig.stage import Stage


@pytest.fixture(params=[Prosody, Ejabberd], ids=["prosody", "ejabberd"])
def conference_stage(request, tmp_path):
    """Rollcall beside one of the servers, with all its processes."""
    stage = Stage(request.param(tmp_path / "server").start(), tmp_path)
    try:
        stage.rollcall.start()
        yield stage
    finally:
        stage.close()


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path).start()
    yield house
    house.stop()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    browser = Browser(tmp_path_factory.mktemp("browser"))
    yield browser
    browser.stop()


@pytest.fixture
def browser(chromium, house):
    windows = Windows(chromium)
    yield windows
    windows.close()
