"""Debian's Prosody, with its own configuration and data."""

import os
import re

from .ports import wait_for_port
from .xmpp_server import PASSWORD, XmppServer

MODULES = ["roster", "saslauth", "tls", "disco", "carbons", "pep", "private", "blocklist", "vcard4", "vcard_legacy",
           "version", "time", "ping", "mam", "csi_simple", "smacks", "websocket", "offline", "posix"]


def encoded(name):
    """Prosody's file names: everything but letters and digits as %xx."""
    return "".join(c if c.isascii() and c.isalnum() else f"%{ord(c):02x}" for c in name)


class Prosody(XmppServer):
    kind = "prosody"

    def __init__(self, *arguments, certificate=None, also_at=(), writes_rosters=True, **keywords):
        """`writes_rosters`: with the snippet's right to write them (XEP-0356), or without."""
        super().__init__(*arguments, **keywords)
        self.further_c2s_ports, self.writes_rosters = [], writes_rosters
        self.certificate, self.also_at = certificate, also_at  # (chain file, key file), none: no TLS; further addresses

    def configuration(self):
        tls = ""
        if self.certificate:
            tls = f'ssl = {{ certificate = "{self.certificate[0]}"; key = "{self.certificate[1]}" }}'
        services = self.external_services() if self.relay else ""
        interfaces = ", ".join(f'"{address}"' for address in (self.host, *self.also_at))
        c2s_ports = ", ".join(map(str, (self.c2s_port, *self.further_c2s_ports)))
        modules = "; ".join(f'"{name}"' for name in [*MODULES, "external_services"]
                            if self.uses(name))
        return f"""
pidfile = "{self.folder}/prosody.pid"; data_path = "{self.folder}/data"; run_as_root = {str(os.getuid() == 0).lower()}
log = {{ info = "*console" }}
plugin_paths = {{ }}
interfaces = {{ {interfaces} }}; local_interfaces = {{ "{self.host}" }}; use_ipv6 = false
c2s_ports = {{ {c2s_ports} }}; s2s_ports = {{ }}; c2s_direct_tls_ports = {{ }}; s2s_direct_tls_ports = {{ }}
http_ports = {{ {self.http_port} }}; https_ports = {{ }}; http_interfaces = {{ "{self.host}" }}
component_ports = {{ {self.component_port} }}; component_interfaces = {{ "127.0.0.1" }}
http_default_host = "{self.domain}"; consider_websocket_secure = true
http_cors_override = {{ websocket = {{ enabled = true }} }}
c2s_require_encryption = false; authentication = "internal_plain"; storage = "internal"
{tls}
{services}
modules_enabled = {{ {modules} }}
modules_disabled = {{ "s2s" }}
allow_registration = false
smacks_hibernation_time = 10 -- Dino awaits the disco#info of every resource in turn, ghosts too
VirtualHost "{self.domain}"
VirtualHost "{self.strangers}"
Component "rooms.{self.domain}" "muc"
Include "{self.folder}/rollcall.cfg.lua"
"""

    def uses(self, module):
        return {"tls": self.certificate, "external_services": self.relay}.get(module, True)

    def external_services(self):
        place = f'host = "{self.relay.host}", port = {self.relay.port}, transport = "udp"'
        return (f'external_services = {{ {{ type = "stun", {place} }}, {{ type = "turn", {place}, secret = "{self.relay.secret}" }} }}\n'
                f'external_service_access = {{ "{self.domain}", "{self.component}" }}')

    def start(self):
        (self.folder / "data").mkdir(exist_ok=True)
        snippet = self.snippet("prosody/rollcall.cfg.lua")
        if not self.writes_rosters:
            snippet = re.sub(r"^VirtualHost.*?(?=^Component)", "", snippet, flags=re.DOTALL | re.MULTILINE)
        (self.folder / "rollcall.cfg.lua").write_text(snippet)
        configuration = self.folder / "prosody.cfg.lua"
        configuration.write_text(self.configuration())
        root = ["--root"] if os.getuid() == 0 else []
        self.run(["prosody", *root, "--config", configuration, "-F"])
        for port in (self.c2s_port, self.component_port, self.http_port):
            self.wait_for_port(port)
        return self

    def wait_for_port(self, port):
        if self.prefix:
            self.process.wait_for(lambda line: f":{port}" in line and "Activated service" in line)
        else:
            wait_for_port(port, self.process.alive, host=self.host if port != self.component_port else "127.0.0.1")

    def add_user(self, name, domain=None, password=PASSWORD):
        """May be called at any time; Prosody reads an account when somebody logs in."""
        accounts = self.folder / "data" / encoded(domain or self.domain) / "accounts"
        accounts.mkdir(parents=True, exist_ok=True)
        (accounts / f"{encoded(name)}.dat").write_text(f'return {{ ["password"] = "{password}"; }};\n')
