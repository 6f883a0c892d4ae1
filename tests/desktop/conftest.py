import os
from pathlib import Path

import machine
import pytest
from session import Session, build_camera

from rig.installation import BUILD
from rig.prosody import Prosody
from rig.stage import Stage


def pytest_configure(config):
    if not machine.inside():
        config.pluginmanager.getplugin("capturemanager").stop_global_capturing()
        machine.enter()


@pytest.fixture(scope="session")
def computer(tmp_path_factory):
    assert machine.inside(), "these tests need namespaces of their own: run pytest with tests/desktop and nothing else"
    return machine.Machine(tmp_path_factory.mktemp("machine"))


@pytest.fixture(scope="session")
def camera(tmp_path_factory):
    return build_camera(tmp_path_factory.mktemp("camera"))


@pytest.fixture
def server(computer, tmp_path):
    """Prosody on the ports that a client tries by itself, with a certificate that the machine trusts."""
    server = Prosody(tmp_path / "server", certificate=computer.certificate)
    server.c2s_port = 5222
    server.start()
    yield server
    server.stop()


@pytest.fixture
def stage(server, computer, tmp_path):
    stage = Stage(server, tmp_path, media_address=computer.address)
    try:
        stage.rollcall.start()
        yield stage
    finally:
        stage.close()


@pytest.fixture
def desktop(computer, camera, tmp_path):
    """Makes one person's desktop, with a camera of that colour and a microphone of that tone."""
    sessions = []

    def make(name, colour, tone, with_camera=True):
        session = Session(tmp_path / name, camera if with_camera else None, colour, tone)
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
