"""computer: a Jabber client that can take calls, by Jingle; his telephone is left alone."""

from rig.stage import COLOURS, TONES


def test_computer(act):
    modes = f"<mode type='computer'/><mode type='pstn' address='{act.provider.number}'/>"
    juliet = act.person_with("juliet", modes)
    romeo = act.stage.person("romeo")
    computer = act.stage.probe("juliet", 0, user=juliet.user, answer=True, expect_tones=TONES[1], expect_colours=COLOURS[1],
                               stay=True, timeout=90).answers(60)
    dialled = len(act.heard("call.dial"))
    team = act.stage.conference(romeo, "team", juliet.bare)
    computer.waits_for("connected", 60)
    nurse = act.stage.probe("nurse", 1, call=team, expect_colours=computer.colour, expect_tones=computer.tone, stay=True, timeout=90)
    nurse.waits_for("tile-appeared", 60)
    nurse.waits_for("tone-appeared", 60, hz=computer.tone)
    computer.waits_for("tile-appeared", 60)
    computer.waits_for("tone-appeared", 60, hz=nurse.tone)
    act.is_in(romeo, team, juliet.user)
    assert len(act.heard("call.dial")) == dialled
