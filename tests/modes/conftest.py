import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "sip"))

from world import World


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """One installation for all modes: starting it takes longer than a call."""
    world = World(tmp_path_factory.mktemp("world"))
    try:
        yield world.start()
    finally:
        world.close()


@pytest.fixture
def act(world):
    """Whoever comes on stage in a test leaves with it."""
    before = list(world.stage.players)
    yield world
    new = [player for player in world.stage.players if player not in before]
    world.stage.players = before
    world.stage.leave(new)
