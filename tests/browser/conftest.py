import pytest

from rig.ejabberd import Ejabberd
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
