from pathlib import Path

import machine
import pytest
from session import Session, build_camera

import rig.stage
from rig.installation import BUILD
from rig.prosody import Prosody


def pytest_configure(config):
    if not machine.inside():
        config.pluginmanager.getplugin("capturemanager").stop_global_capturing()
        machine.enter()


class Stage(rig.stage.Stage):
    """One for each file of tests, so that people and conferences keep the names that they were given."""

    def fresh(self, name):
        return name


@pytest.fixture(scope="session")
def computer(tmp_path_factory):
    assert machine.inside(), "these tests need namespaces of their own: run pytest with tests/desktop and nothing else"
    return machine.Machine(tmp_path_factory.mktemp("machine"))


@pytest.fixture(scope="session")
def camera(tmp_path_factory):
    return build_camera(tmp_path_factory.mktemp("camera"))


@pytest.fixture(scope="module")
def server(computer, tmp_path_factory):
    """Prosody on the ports that a client tries by itself, with a certificate that the machine trusts."""
    server = Prosody(tmp_path_factory.mktemp("server"), certificate=computer.certificate,
                     writes_rosters=False)  # how a client shows the question is part of what is tested here
    server.c2s_port = 5222
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def stage(server, computer, tmp_path_factory):
    """Rollcall's processes; the MCU says its figures every second. The picture is small, for nothing but the CPU paints it."""
    mcu = {"figures_seconds": 1, "width": 640, "height": 360, "video_kbit": 500}
    stage = Stage(server, tmp_path_factory.mktemp("stage"), media_address=computer.address, mcu=mcu)
    try:
        stage.rollcall.start()
        yield stage
    finally:
        stage.close()


@pytest.fixture(scope="module")
def desktop(computer, camera, tmp_path_factory):
    """Makes one person's desktop, with a camera of that colour and a microphone of that tone."""
    sessions = []

    def make(name, colour, tone, with_camera=True):
        session = Session(tmp_path_factory.mktemp(name), camera if with_camera else None, colour, tone)
        sessions.append(session)
        return session.start()
    yield make
    for session in reversed(sessions):
        session.stop()


@pytest.fixture(scope="session")
def pictures():
    """Where screenshots stay after the run, for people to look at."""
    folder = Path(BUILD) / "desktop-pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
