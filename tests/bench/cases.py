"""What is measured: each case has a name, its load, and what bounds it."""

import statistics

import measure

MIXES = 3  # how many are heard at once in the usual load


class Case:
    """A load on a new MCU, `runs` times; the medians are its figures."""

    def __init__(self, name, what, options, bound=None, usual=True, during=None, after=None):
        self.name, self.what, self.options, self.bound_of = name, what, options, bound
        self.usual, self.during, self.after = usual, during, after

    def run(self, machine, runs, seconds):
        every, bounds = [], []
        for _ in range(runs):
            if self.bound_of:
                machine.bounds.pop(self.bound_of, None)  # beside each run, so that a busy machine slows both
                bounds.append(machine.bound(*self.bound_of))
            every.append(measure.run(machine, self.options, seconds, self.during, self.after))
        figures = {key: statistics.median(one.get(key, 0) for one in every) for key in every[0]}
        if bounds:
            figures["bound"] = statistics.median(one["cpu"] for one in bounds)
            figures["bound_psnr_db"] = statistics.median(one.get("psnr_db", 0) for one in bounds)
            figures["ratio"] = figures["cpu"] / figures["bound"]
        return {"case": self.name, "what": self.what, **figures}


def legs(people, *more, webrtc=False, **options):
    """Options of the load generator."""
    said = ["--people", people, *more]
    for key, value in options.items():
        said += [f"--{key.replace('_', '-')}", value]
    return said + (["--webrtc"] if webrtc else [])


def both_kinds(name, what, *arguments, bound=None, usual=True, **options):
    yield Case(name, f"{what}, plain RTP", legs(*arguments, **options), bound, usual)
    yield Case(f"{name}-webrtc", f"{what}, ICE and DTLS-SRTP", legs(*arguments, webrtc=True, **options), bound, usual)


def video():
    for people in (1, 2, 4, 8, 16):
        talkers = min(people, MIXES)
        yield from both_kinds(f"video-{people}", f"{people} people, VP8 360p in, 720p out", people, "--picture", talkers=talkers,
                              bound=("vp8", people, people, talkers))
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


ALL = [*video(), *audio()]
