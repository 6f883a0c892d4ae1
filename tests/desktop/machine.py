"""A machine of the suite's own: process, mount and network namespaces, an address, names, and a certificate authority.

Desktop clients want the real ports, a network that looks connected, and a certificate that the system trusts. The whole
test run therefore happens inside namespaces: they see a private /etc/hosts and /etc/ssl, nothing of it reaches the
machine outside, and when the run ends, however it ends, the kernel ends every process in them.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

INSIDE = "ROLLCALL_DESKTOP_NAMESPACE"
ADDRESS = "10.77.0.1"
NAMES = ["example.org", "call.example.org", "elsewhere.example"]


def inside():
    return INSIDE in os.environ


def enter():
    """Replaces this process by the same one in namespaces of its own; root is asked for nothing where it is not there."""
    user = [] if os.getuid() == 0 else ["--user", "--map-root-user"]
    os.environ[INSIDE] = "yes"
    os.execvp("unshare", ["unshare", *user, "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--",
                          sys.executable, "-m", "pytest", *sys.argv[1:]])


def run(*words, **keywords):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **keywords)
    assert done.returncode == 0, f"{words} ended with {done.returncode}: {done.stderr}"
    return done.stdout


class Machine:
    """The namespaces' network and files; belongs to the test run and needs no taking down."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.address = ADDRESS
        self._network()
        self._screens()
        self._names()
        self._authority()
        self._trust()

    def _network(self):
        """ICE leaves the loopback interface out, and GNetworkMonitor calls a machine without a default route offline."""
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "net0", "type", "veth", "peer", "name", "net1")
        run("ip", "address", "add", f"{ADDRESS}/24", "dev", "net0")
        for device in ("net0", "net1"):
            run("ip", "link", "set", device, "up")
        run("ip", "route", "add", "default", "dev", "net0")

    def _screens(self):
        """The sockets of X servers lie in /tmp, by their number: another run of this suite may use the same ones."""
        sockets = Path("/tmp/.X11-unix")
        sockets.mkdir(exist_ok=True)
        run("mount", "-t", "tmpfs", "-o", "mode=1777", "screens", sockets)

    def _over(self, name, text):
        """A file of /etc as only this run sees it."""
        path = self.folder / name
        path.write_text(text)
        run("mount", "--bind", path, os.path.realpath(f"/etc/{name}"))

    def _names(self):
        self._over("hosts", f"127.0.0.1 localhost {' '.join(NAMES)}\n")
        self._over("resolv.conf", "nameserver 127.0.0.1\n")

    def _authority(self):
        self.authority, key = self.folder / "authority.crt", self.folder / "authority.key"
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 30, "-subj", "/CN=Authority of a test",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            "-keyout", key, "-out", self.authority)
        chain, server_key = self.folder / "server.crt", self.folder / "server.key"
        request, details = self.folder / "server.csr", self.folder / "details"
        run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={NAMES[0]}", "-keyout", server_key, "-out", request)
        names = ",".join(f"DNS:{name}" for name in [*NAMES, "localhost"])
        details.write_text(f"subjectAltName={names}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n")
        run("openssl", "x509", "-req", "-in", request, "-CA", self.authority, "-CAkey", key, "-CAcreateserial", "-days", 30,
            "-extfile", details, "-out", chain)
        self.certificate = (chain, server_key)

    def _trust(self):
        """GIO reads the bundle, OpenSSL the folder of links."""
        ssl = self.folder / "ssl"
        shutil.copytree("/etc/ssl", ssl, symlinks=True, ignore=shutil.ignore_patterns("private"))
        with open(ssl / "certs" / "ca-certificates.crt", "a", encoding="utf-8") as bundle:
            bundle.write(self.authority.read_text())
        name = run("openssl", "x509", "-hash", "-noout", "-in", self.authority).strip()
        (ssl / "certs" / f"{name}.0").symlink_to(self.authority)
        run("mount", "--bind", ssl, "/etc/ssl")
