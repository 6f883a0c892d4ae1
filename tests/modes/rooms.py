"""Room systems and other terminals with a picture: baresip, which tells what it receives."""

import subprocess

from house import Phone
from rig.ports import free_port, listens

PICTURE = """
video_source fakevideo
video_display fakevideo,nil
video_size {size}
video_bitrate 400000
video_fps 15
sip_certificate {certificate}
"""


def certificate(folder):
    """agent.pem as the SIP door takes it: certificate and key in one file, for this machine only."""
    folder.mkdir()
    path = folder / "agent.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                    "-keyout", path, "-out", folder / "certificate.pem"], check=True, capture_output=True)
    path.write_text(path.read_text() + (folder / "certificate.pem").read_text())
    (folder / "cafile.pem").write_text((folder / "certificate.pem").read_text())
    return path


def free_pair():
    """baresip takes TLS calls at the next port."""
    while listens((port := free_port()) + 1):
        pass
    return port


class Terminal(Phone):
    """Answers by itself, shows a picture, and sends one."""

    def __init__(self, folder, tone, sound, picture, certificate, size="640x360", more=""):
        super().__init__(folder, tone=tone, modules=("g711.so", "g722.so", "opus.so", "ausine.so", "aufile.so", "sndfile.so",
                                                     "vp8.so", "fakevideo.so", "srtp.so"))
        config = folder / "config"
        chosen, self.port = self.port, free_pair()
        config.write_text(config.read_text().replace(f"127.0.0.1:{chosen}", f"127.0.0.1:{self.port}")
                          + PICTURE.format(size=size, certificate=certificate))
        (folder / "accounts").write_text(f"<sip:phone@127.0.0.1:{self.port}>;regint=0;answermode=auto;audio_codecs={sound};"
                                         f"video_codecs={picture}{more}\n")

    @property
    def tls_port(self):
        return self.port + 1
