"""People are called: the ring and what comes of it, the ring after a loss, and who hears what."""

from rig.client import bare, local

JMI = "urn:xmpp:jingle-message:0"


def element_of(stanza, kind):
    return next((e for e in stanza.iter() if local(e) == kind and e.tag.startswith("{" + JMI)), None)


def is_ring(contact, kind="propose"):
    return lambda stanza: bare(stanza.get("from", "")) == contact and element_of(stanza, kind) is not None


def rejects(person, ring):
    sid = element_of(ring, "propose").get("id")
    person.sends(f"<message to='{ring.get('from')}' type='chat'><reject xmlns='{JMI}' id='{sid}'/></message>")


def test_JC_20_an_invitee_who_picks_up_is_in_the_call_and_is_seen_and_heard(stage):
    romeo = stage.person("romeo")
    juliet = stage.probe("juliet", 0, answer=True, stay=True, timeout=90).answers()
    team = stage.conference(romeo, "team", juliet.bare)
    juliet.waits_for("connected", seconds=40)
    nurse = stage.probe("nurse", 1, call=team, expect_colours=juliet.colour, expect_tones=juliet.tone, seconds=60,
                        until_met=True, timeout=60)
    nurse.succeeds(120)


def test_JC_32_who_cannot_bundle_is_offered_one_transport_for_each_media(stage):
    romeo = stage.person("romeo")
    juliet = stage.probe("juliet", 0, answer=True, no_bundle=True, stay=True, timeout=90).answers()
    team = stage.conference(romeo, "team", juliet.bare)
    juliet.waits_for("connected", seconds=40)
    nurse = stage.probe("nurse", 1, call=team, expect_colours=juliet.colour, seconds=60, until_met=True, timeout=60)
    nurse.succeeds(120)


def test_JC_27_who_says_no_is_not_rung_on_and_the_inviter_is_told(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    team = stage.conference(romeo, "team", juliet.bare)
    juliet.receives_message(team, "invites you")
    rejects(juliet, juliet.receives(is_ring(team), what="a ring"))
    assert juliet.bare in romeo.receives_message(team, "does not want to join")


def test_JC_25_an_unanswered_ring_is_taken_back_after_half_a_minute(stage):
    romeo, juliet = stage.person("romeo"), stage.person("juliet")
    team = stage.conference(romeo, "team", juliet.bare)
    ring = juliet.receives(is_ring(team), what="a ring")
    retract = juliet.receives(is_ring(team, "retract"), seconds=60, what="the end of the ring")
    assert retract.get("from") == ring.get("from")
    assert juliet.bare in romeo.receives_message(team, "does not answer")


def test_an_account_that_does_not_exist_is_told_to_the_inviter(stage):
    romeo = stage.person("romeo")
    team = stage.conference(romeo, "team", f"nobody{stage.fresh('')}@{stage.server.domain}")
    assert "could not call" in romeo.receives_message(team, "could not call", seconds=20)


def test_people_whose_media_server_died_are_rung_again_and_are_back(own_stage):
    stage = own_stage
    stage.rollcall.start()
    romeo = stage.person("romeo")
    stage.team = stage.conference(romeo)
    juliet = stage.probe("juliet", 0, call=stage.team, answer=True, stay=True, timeout=120)
    juliet.waits_for("connected", seconds=40)
    mark = juliet.process.mark()
    stage.rollcall.mcu.kill()
    stage.rollcall.start_mcu("mcu-2")
    juliet.waits_for("ended", seconds=40, since=mark)
    juliet.waits_for("connected", seconds=60, since=mark)
