"""What is measured: each case has a name, its load, and what bounds it."""

import statistics

import janus
import measure
import watchers

MIXES = 3  # how many are heard at once in the usual load


def medians(every):
    return {key: statistics.median(one.get(key, 0) for one in every) for key in every[0]}


class Case:
    """A load on a new MCU, `runs` times; the medians are its figures."""

    def __init__(self, name, what, options, bound=None, watcher=None, least_seconds=0):
        self.name, self.what, self.options, self.bound_of = name, what, options, bound
        self.watcher, self.least_seconds = watcher, least_seconds

    def once(self, machine, seconds):
        return measure.run(machine, self.options, max(seconds, self.least_seconds), self.watcher)

    def run(self, machine, runs, seconds):
        every, bounds = [], []
        for _ in range(runs):
            if self.bound_of:  # beside each run, so that a busy machine slows both
                bounds.append(machine.bound(*self.bound_of))
            every.append(self.once(machine, seconds))
        figures = medians(every)
        if bounds:
            bound = medians(bounds)
            figures.update(bound=bound["cpu"], bound_psnr_db=bound["psnr_db"], ratio=figures["cpu"] / bound["cpu"])
        return {"case": self.name, "what": self.what, **figures}


class Janus(Case):
    """The same load on Janus AudioBridge, plain RTP."""

    def __init__(self, name, what, people, **options):
        super().__init__(name, what, legs(people, **options), ("none", 0, people, options["talkers"]))
        self.people = people

    def once(self, machine, seconds):
        return janus.run(machine, self.options, self.people, seconds)


class Marginal:
    """What one more costs: the difference between two loads, divided by how many more there are."""

    def __init__(self, name, what, less, more, count):
        self.name, self.what, self.less, self.more, self.count = name, what, less, more, count

    def run(self, machine, runs, seconds):
        less, more = (medians([measure.run(machine, options, seconds) for _ in range(runs)]) for options in (self.less, self.more))
        each = {key: (more[key] - less[key]) / self.count for key in ("cpu", "rss_mb", "threads", "fds")}
        return {"case": self.name, "what": self.what, **each}


def legs(people, *more, webrtc=False, **options):
    """Options of the load generator."""
    said = ["--people", people, *more]
    for key, value in options.items():
        said += [f"--{key.replace('_', '-')}", value]
    return said + (["--webrtc"] if webrtc else [])


def both_kinds(name, what, *arguments, bound=None, least_seconds=0, **options):
    yield Case(name, f"{what}, plain RTP", legs(*arguments, **options), bound, least_seconds=least_seconds)
    yield Case(f"{name}-webrtc", f"{what}, ICE and DTLS-SRTP", legs(*arguments, webrtc=True, **options), bound,
               least_seconds=least_seconds)


def video():
    for people in (1, 2, 4, 8, 16):
        talkers = min(people, MIXES)
        yield from both_kinds(f"video-{people}", f"{people} people, VP8 360p in, 720p out", people, "--picture", talkers=talkers,
                              bound=("vp8", people, people, talkers))
    for people in (8, 16):
        yield Case(f"video-{people}-layers", f"{people} people, VP8 180p and 360p in, the one decoded that is shown, 720p out, plain RTP",
                   legs(people, "--picture", "--layers", talkers=MIXES), ("vp8", people, people, MIXES))
    yield from both_kinds("h264-4", "4 people, H.264 360p in, 720p out", 4, "--picture", codec="h264", talkers=MIXES,
                          bound=("h264", 4, 4, MIXES))


def audio():
    for people in (10, 50, 100, 200):
        for talkers, word in ((MIXES, "3"), (people, "all")):
            yield from both_kinds(f"audio-{people}-{word}", f"{people} people, {word} talking", people, talkers=talkers,
                                  bound=("none", 0, people, talkers))
    yield Case("audio-100-3-nolevel", "100 people, 3 talking, without RFC 6464", legs(100, "--no-levels", talkers=MIXES),
               ("none", 0, 100, MIXES))
    yield Case("audio-100-3-dtx", "100 people, 3 talking, silence not sent", legs(100, "--dtx", talkers=MIXES),
               ("none", 0, 100, MIXES))


def others():
    for people in (10, 50, 100):
        for talkers, word in ((MIXES, "3"), (people, "all")):
            yield Janus(f"janus-{people}-{word}", f"Janus AudioBridge: {people} people, {word} talking, plain RTP", people, talkers=talkers)


def marginal():
    for webrtc in (False, True):
        kind = "-webrtc" if webrtc else ""

        def video_legs(people, *more, kind_of_leg=webrtc, **options):
            return legs(people, "--picture", *more, webrtc=kind_of_leg, talkers=MIXES, **options)
        yield Marginal(f"one-more-sender{kind}", "of 9 … 13 people with pictures", video_legs(9), video_legs(13), 4)
        yield Marginal(f"one-more-listener{kind}", "who gets the picture and sends none", video_legs(4), video_legs(12, listeners=8), 8)
        yield Marginal(f"one-more-class{kind}", "a listener with the other codec instead of one with the same",
                       video_legs(5, listeners=1), video_legs(5, listeners=1, others=1), 1)
        yield Marginal(f"one-more-voice{kind}", "of 50 … 100 people with sound only", legs(50, webrtc=webrtc), legs(100, webrtc=webrtc), 50)


FAULTS = {"churn": "somebody joins and leaves each second", "loss": "one leg loses 5 % each way",
          "thin": "one leg has 50 kbit/s downwards", "vanish": "one stops without goodbye",
          "camera": "one turns the camera off", "resize": "one changes to 320x180"}


def faults():
    for fault, what in FAULTS.items():
        yield from both_kinds(f"fault-{fault}", f"8 people, {what}; the others' figures", 8, "--picture", talkers=MIXES,
                              fault=fault, least_seconds=34 if fault == "vanish" else 0)
    for name, more in (("stall-sound", ()), ("stall-picture", ("--picture",))):
        yield Case(name, "8 people, the machine stands still for 2 s", legs(8, *more, talkers=MIXES), watcher=watchers.Stall(),
                   least_seconds=16)


def coming_and_going():
    for webrtc in (False, True):
        kind = "-webrtc" if webrtc else ""
        yield Case(f"join{kind}", "20 people join; CPU seconds of all joins is join_cpu", legs(20, "--picture", "--quiet", webrtc=webrtc))
        yield Case(f"idle{kind}", "before anybody came and after 8 people left", legs(8, "--picture", webrtc=webrtc, hold=8),
                   watcher=watchers.Idle())
        yield Case(f"soak{kind}", "200 joins and leaves before 2 people meet",
                   legs(2, "--picture", webrtc=webrtc, rounds=200), watcher=watchers.Soak(200))


ALL = [*video(), *audio(), *others(), *marginal(), *faults(), *coming_and_going()]
