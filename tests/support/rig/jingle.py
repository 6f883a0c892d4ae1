"""Jingle stanzas for a scripted caller without media: enough to be refused, or to be told that there is nobody."""

import uuid

JINGLE = "urn:xmpp:jingle:1"
RTP = "urn:xmpp:jingle:apps:rtp:1"
JMI = "urn:xmpp:jingle-message:0"
FINGERPRINT = ":".join(f"{i:02X}" for i in range(32))

OPUS = "<payload-type id='111' name='opus' clockrate='48000' channels='2'/>"
VP8 = "<payload-type id='96' name='VP8' clockrate='90000'/>"


def content(name, media, payloads, secured=True):
    dtls = (f"<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='actpass'>{FINGERPRINT}</fingerprint>"
            if secured else "")
    return (f"<content creator='initiator' name='{name}' senders='both'>"
            f"<description xmlns='{RTP}' media='{media}'>{payloads}<rtcp-mux/></description>"
            f"<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='{name}abcd' pwd='0123456789abcdef01234567'>{dtls}"
            f"<candidate component='1' foundation='1' generation='0' id='c{name}' ip='127.0.0.1' network='0' port='9' "
            f"priority='2130706431' protocol='udp' type='host'/></transport></content>")


def initiate(sid, contents, initiator):
    return f"<jingle xmlns='{JINGLE}' action='session-initiate' sid='{sid}' initiator='{initiator}'>{contents}</jingle>"


def offer(secured=True, audio=OPUS, video=VP8):
    return content("audio", "audio", audio, secured) + content("video", "video", video, secured)


def new_sid():
    return str(uuid.uuid4())


def propose(sid):
    media = "".join(f"<description xmlns='{RTP}' media='{kind}'/>" for kind in ("audio", "video"))
    return f"<propose xmlns='{JMI}' id='{sid}'>{media}</propose>"
