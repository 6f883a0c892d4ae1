"""What some cases do to the MCU, or look at, besides the load."""

import os
import signal
import threading
import time

import measure


class Stall(measure.Watcher):
    """The machine stands still for two seconds, one second after the measuring began."""

    def during(self, mcu):
        threading.Thread(target=self.stall, args=(measure.tree_of(mcu.pid),), daemon=True).start()

    @staticmethod
    def stall(processes):
        time.sleep(1)
        for one in processes:
            os.kill(one, signal.SIGSTOP)
        time.sleep(2)
        for one in processes:
            os.kill(one, signal.SIGCONT)


def idle_of(mcu, seconds):
    begin, at = measure.cpu_ticks(mcu.pid), time.monotonic()
    time.sleep(seconds)
    return (measure.cpu_ticks(mcu.pid) - begin) / (time.monotonic() - at)


class Idle(measure.Watcher):
    """CPU and memory before anybody came and after everybody left. Needs `--hold`."""

    def before(self, load, mcu):
        return {"idle_cpu_before": idle_of(mcu, 5), "idle_rss_before_mb": measure.Snapshot(mcu.pid).rss_mb}

    def after(self, mcu):
        time.sleep(3)
        cpu, held = idle_of(mcu, 5), measure.Snapshot(mcu.pid)
        return {"idle_cpu_after": cpu, "idle_rss_after_mb": held.rss_mb, "threads_after": held.threads, "fds_after": held.fds}


class Soak(measure.Watcher):
    """Memory at each fiftieth of many joins and leaves."""

    def __init__(self, rounds):
        self.rounds = rounds

    def before(self, load, mcu):
        figures, begin = {}, measure.cpu_ticks(mcu.pid)
        for number in range(50, self.rounds + 1, 50):
            load.wait_for(lambda line, text=f"event=bench.round number={number}": line == text, 300)
            time.sleep(0.5)
            held = measure.Snapshot(mcu.pid)
            figures.update({f"rss_{number}_mb": held.rss_mb, f"threads_{number}": held.threads, f"fds_{number}": held.fds})
        figures["round_cpu_ms"] = (measure.cpu_ticks(mcu.pid) - begin) * 1000 / self.rounds
        return figures
