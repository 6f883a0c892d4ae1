"""What becomes of a mode that does not answer: the next one rings, and at the end the inviter is told in words."""

from rig.senses import wait_until
from world import has_heard_of, hears_tone


def test_a_busy_telephone_is_followed_by_the_next_mode(act):
    juliet = act.person_with("juliet", "<mode type='pstn' address='+15550486'/><mode type='gateway' address='phone'/>")
    romeo = act.stage.person("romeo")
    mark = act.door.mark()
    team = act.stage.conference(romeo, "team", juliet.bare)
    act.door.wait_for_event("sip.failed", 60, since=mark, status=486)
    act.door.wait_for_event("sip.answered", 60, since=mark, gateway="board")
    nurse = act.stage.probe("nurse", call=team, stay=True, timeout=90)
    nurse.waits_for("connected", 60)
    wait_until(lambda: hears_tone(act.board, nurse.tone), 60)
    nurse.leaves()
    romeo.says(team, "end")
    act.door.wait_for_event("sip.ended", 60, since=mark)


def test_who_can_be_reached_by_nothing_is_told_to_the_inviter_without_his_number(act):
    juliet = act.person_with("juliet", "<mode type='pstn' address='+15550404'/>")
    romeo = act.stage.person("romeo")
    team = act.stage.conference(romeo, "team", juliet.bare)
    assert juliet.bare in romeo.receives_message(team, "could not call", seconds=60)
    assert not has_heard_of(romeo, "+15550404")
