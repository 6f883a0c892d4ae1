"""pstn: a telephone behind a trunk that Rollcall has registered with, G.711, keys."""

from rig.senses import wait_until
from world import has_heard_of, hears_tone


def test_pstn(act):
    number = act.provider.number
    juliet = act.person_with("juliet", f"<mode type='pstn' address='{number}' label='desk'/>")
    romeo = act.stage.person("romeo")
    romeo.forgets()
    mark = act.door.mark()
    team = act.stage.conference(romeo, "team", juliet.bare)
    act.door.wait_for_event("sip.answered", 60, since=mark, gateway="trunk")
    nurse = act.stage.probe("nurse", call=team, expect_tones=1000, seconds=90, until_met=False, stay=True, timeout=90)
    nurse.waits_for("connected", 60)
    wait_until(lambda: hears_tone(act.desk, nurse.tone), 60)
    nurse.waits_for("tone-appeared", 60, hz=1000)
    nurse.waits_for("first-frame", 60)
    act.is_in(romeo, team, f"{juliet.user} (telephone)")
    act.desk.process.say("5")
    wait_until(lambda: [] if "5" in [keys["digits"] for keys in act.heard("leg.dtmf")] else ["no key"], 60)
    assert nurse.leaves()
    act.desk.process.say("b")
    act.door.wait_for_event("sip.ended", 60, since=mark)
    assert not has_heard_of(romeo, number)
