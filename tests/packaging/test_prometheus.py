"""The alert rules are what Prometheus understands, and fire when they should."""

import subprocess

from rig.xmpp_server import PROJECT


def promtool(*words):
    done = subprocess.run(["promtool", *words], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_prometheus_takes_the_alert_rules():
    assert "6 rules found" in promtool("check", "rules", PROJECT / "packaging/prometheus/rollcall.rules.yml")


def test_each_alert_fires_when_it_should_and_only_then():
    promtool("test", "rules", PROJECT / "tests/packaging/rollcall.rules.test.yml")
