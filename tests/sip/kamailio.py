"""A provider's trunk: Kamailio as registrar and proxy with digest, which knows one telephone."""

from rig.ports import free_port
from rig.process import Process

CONFIG = """
debug=2
log_stderror=yes
children=1
tcp_children=1
disable_tcp=yes
auto_aliases=no
listen=udp:127.0.0.1:{port}
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"
loadmodule "kex.so"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "auth.so"
loadmodule "xlog.so"
modparam("auth", "nonce_expire", 300)
request_route {{
  if (!mf_process_maxfwd_header("10")) {{ sl_send_reply("483", "Too Many Hops"); exit; }}
  if (is_method("CANCEL")) {{ if (t_check_trans()) t_relay(); exit; }}
  if (has_totag()) {{
    if (loose_route() || is_method("ACK")) {{ t_relay(); exit; }}
    sl_send_reply("404", "Not here"); exit;
  }}
  if (is_method("REGISTER")) {{
    if (!pv_www_authenticate("$td", "{password}", "0")) {{ www_challenge("$td", "0"); exit; }}
    save("location");
    exit;
  }}
  if (!is_method("INVITE")) {{ sl_send_reply("405", "Method Not Allowed"); exit; }}
  record_route();
  if ($rU =~ "^\\+1800") {{
    $ru = "sip:{user}@127.0.0.1:{port}";
    if (!lookup("location")) {{ sl_send_reply("480", "Temporarily Unavailable"); exit; }}
    t_relay();
    exit;
  }}
  if (!pv_proxy_authenticate("$fd", "{password}", "0")) {{ proxy_challenge("$fd", "0"); exit; }}
  consume_credentials();
  if ($rU == "{number}") {{ $ru = "sip:phone@127.0.0.1:{phone}"; t_relay(); exit; }}
  if ($rU == "+15550486") {{ sl_send_reply("486", "Busy Here"); exit; }}
  sl_send_reply("404", "Not Found");
}}
"""


class Kamailio:
    user, password, number = "rollcall", "geheim", "+15551230001"

    def __init__(self, folder, phone_port):
        self.folder, self.port = folder, free_port()
        folder.mkdir()
        config = folder / "kamailio.cfg"
        config.write_text(CONFIG.format(port=self.port, user=self.user, password=self.password, number=self.number,
                                        phone=phone_port))
        self.process = Process("kamailio", ["kamailio", "-f", config, "-DD", "-E", "-Y", folder, "-P", folder / "pid",
                                            "-m", "32", "-M", "4", "-w", folder], folder / "log")

    def start(self):
        self.process.start()
        return self

    def gateway(self, **more):
        """The record by which Rollcall uses this trunk."""
        return {"name": "trunk", "mode": "pstn", "host": f"127.0.0.1:{self.port}", "user": self.user,
                "password": self.password, "register": True, "profile": "voice", "allowed": ["+1555*"],
                "inbound_from": ["127.0.0.1"], **more}

    def stop(self):
        self.process.stop()
