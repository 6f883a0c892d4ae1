import pytest

from rig.ejabberd import Ejabberd
from rig.prosody import Prosody
from rig.stage import Stage


def pytest_generate_tests(metafunc):
    if "server_kind" in metafunc.fixturenames:
        metafunc.parametrize("server_kind", [Prosody, Ejabberd], ids=["prosody", "ejabberd"], scope="module")


@pytest.fixture(scope="module")
def shared_stage(server_kind, tmp_path_factory):
    """For tests that harm nothing: one installation per file and server."""
    folder = tmp_path_factory.mktemp("stage")
    stage = Stage(server_kind(folder / "server").start(), folder)
    try:
        stage.rollcall.start()
        yield stage
    finally:
        stage.close()


@pytest.fixture
def stage(shared_stage):
    """The shared installation; whoever comes on stage in a test leaves with it."""
    before = list(shared_stage.players)
    yield shared_stage
    new = [player for player in shared_stage.players if player not in before]
    shared_stage.players = before
    shared_stage.leave(new)


@pytest.fixture
def own_server(server_kind, tmp_path):
    server = server_kind(tmp_path / "server").start()
    yield server
    server.stop()


@pytest.fixture
def own_stage(own_server, tmp_path):
    """For tests that kill and restart: an installation of their own, not started yet."""
    stage = Stage(own_server, tmp_path)
    yield stage
    stage.close()
