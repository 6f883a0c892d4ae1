"""gateway: whatever stands behind a record with a template of its own, called by its literal address."""

from rig.senses import wait_until
from world import hears_tone


def test_gateway(act):
    juliet = act.person_with("juliet", "<mode type='gateway' address='phone' label='the board'/>")
    romeo = act.stage.person("romeo")
    mark = act.door.mark()
    team = act.stage.conference(romeo, "team", juliet.bare)
    act.door.wait_for_event("sip.answered", 60, since=mark, gateway="board")
    nurse = act.stage.probe("nurse", call=team, expect_tones=1300, stay=True, timeout=90)
    nurse.waits_for("connected", 60)
    wait_until(lambda: hears_tone(act.board, nurse.tone), 60)
    nurse.waits_for("tone-appeared", 60, hz=1300)
    act.is_in(romeo, team, f"{juliet.user} (gateway)")
    nurse.leaves()
    romeo.says(team, "end")
    act.door.wait_for_event("sip.ended", 60, since=mark)
