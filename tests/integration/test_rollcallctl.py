"""`rollcallctl`: the operator sees what goes on, ends it, and empties a media server."""

import json
import re
import subprocess

import pytest

from rig.client import text_of


@pytest.fixture
def call(stage):
    """Romeo's conference, with a probe of Juliet's in it."""
    romeo = stage.person("romeo")
    team = stage.conference(romeo)
    romeo.accepts_subscription_of(team)
    juliet = stage.probe("juliet", 0, call=team, stay=True, size="160x90", frame_rate=10, timeout=60)
    juliet.waits_for("first-frame", seconds=60)
    return romeo, team.split("@")[0], team, juliet


def says(stage, *words):
    code, out, err = stage.rollcall.operator(*words)
    assert code == 0, err
    return out


def test_the_operator_sees_who_is_in_which_conference_and_how_well_it_goes(stage, call):
    _, name, _, juliet = call
    text = says(stage, "conferences", name)
    assert f"({name}): 1 in call at mcu-1" in text and "Jabber" in text and "connected" not in text
    assert re.search(r"\[\S+\]", text), text
    assert "accepts us" in says(stage, "status") and "mcu-1  media server" in says(stage, "status")
    assert says(stage, "mcus").startswith("mcu-1: up, ")


def test_the_same_as_json_and_as_metrics_without_names(stage, call):
    _, name, _, juliet = call
    overview = json.loads(says(stage, "conferences", "--json"))
    mine = next(one for one in overview["conferences"] if one["conference"] == name)
    assert mine["legs"][0]["state"] == "connected" and mine["legs"][0]["door"] == "jabber"
    metrics = says(stage, "metrics")
    assert "\nrollcall_xmpp_connected 1\n" in metrics and 'rollcall_mcu_up{mcu="mcu-1"} 1' in metrics
    assert 'rollcall_participants{door="jabber"} 1' in metrics
    lint = subprocess.run(["promtool", "check", "metrics"], input=metrics, capture_output=True, text=True, timeout=60)
    assert lint.returncode == 0 and not lint.stderr, lint.stderr
    assert name not in metrics and mine["legs"][0]["address"] not in metrics


def test_the_operator_ends_one_call_and_a_whole_conference(stage, call):
    romeo, name, team, juliet = call
    overview = json.loads(says(stage, "conferences", "--json"))
    leg = next(one for one in overview["conferences"] if one["conference"] == name)["legs"][0]["leg"]
    romeo.forgets()
    assert says(stage, "kick", leg) == "Done.\n"
    juliet.waits_for("ended", seconds=60)
    assert "No call running" in text_of(romeo.receives_presence(team, containing="No call running"), "status")
    assert says(stage, "end", name) == "Done.\n"
    assert "no call running" in says(stage, "conferences", name)


def test_a_drained_media_server_takes_no_new_conference_until_it_is_taken_back(stage, call):
    _, name, _, juliet = call
    assert says(stage, "drain", "mcu-1") == "Done.\n"
    assert "draining" in says(stage, "mcus")
    nurse = stage.person("nurse")
    nurse.says(stage.service, f"call {stage.fresh('other')}:")
    nurse.receives_message(stage.service, "no place left")
    assert juliet.process.alive() and "1 in call" in says(stage, "conferences", name)
    assert says(stage, "undrain", "mcu-1") == "Done.\n"
    stage.conference(nurse)


def test_what_cannot_be_done_is_refused_with_a_word(stage):
    assert stage.rollcall.operator("end", "nowhere")[0] == 69
    assert "unknown-conference (nowhere)" in stage.rollcall.operator("end", "nowhere")[2]
    assert "unknown-leg" in stage.rollcall.operator("kick", "l-none")[2]
    assert "no-media-server" in stage.rollcall.operator("drain", "mcu-9")[2]
    assert stage.rollcall.operator("dance")[0] == 64
    code, _, err = stage.rollcall.operator("status", "--set", "control.operator_token=0123456789abcdef-wrong")
    assert code == 69 and "did not let us in" in err
