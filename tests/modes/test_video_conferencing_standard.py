"""video_conferencing_standard: a room system, SIP over TLS, keys in the signalling (SDES), Opus."""

from rig.senses import wait_until
from world import hears_tone


def test_video_conferencing_standard(act):
    address = f"sip:phone@127.0.0.1:{act.room.tls_port}"
    juliet = act.person_with("juliet", f"<mode type='video_conferencing_standard' address='{address}'/>")
    romeo = act.stage.person("romeo")
    mark = act.door.mark()
    team = act.stage.conference(romeo, "team", juliet.bare)
    act.door.wait_for_event("sip.answered", 60, since=mark, gateway="rooms")
    nurse = act.stage.probe("nurse", call=team, expect_tones=1700, stay=True, timeout=90)
    nurse.waits_for("connected", 60)
    nurse.waits_for("tone-appeared", 60, hz=1700)
    wait_until(lambda: hears_tone(act.room, nurse.tone), 60)
    act.is_in(romeo, team, f"{juliet.user} (room system)")
    nurse.leaves()
    romeo.says(team, "end")
    act.door.wait_for_event("sip.ended", 60, since=mark)
