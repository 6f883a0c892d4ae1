"""Figures for people and for machines."""

FIRST = ["cpu", "bound", "ratio", "latency_p50_ms", "late_frames", "rss_mb"]
THEN = ["latency_p95_ms", "sound_p50_ms", "sound_p95_ms", "lipsync_ms", "psnr_db", "bound_psnr_db", "fps", "key_frames",
        "frozen_tiles", "threads", "fds"]
HIDDEN = {"case", "what"}


def short(value):
    if isinstance(value, str):
        return value
    if value != 0 and abs(value) < 10:
        return f"{value:.3f}"
    return f"{value:.1f}".removesuffix(".0")


def is_disturbed(result):
    """The machine was too busy for the generator, or the MCU: what was not sent or mixed was not paid for either."""
    alone = result.get("clicks") == 0  # who hears nobody gets silence, of which little is sent
    people_get = result.get("fps", 30) < 29.5 or (not alone and result.get("sound_rate", 50) < 49)
    return result.get("generator_delay_ms", 0) > 40 or ("bound" in result and people_get)


def line(result):
    """CASE cpu=… bound=… …, the same first six everywhere."""
    keys = FIRST + [key for key in THEN if key in result]
    keys += [key for key in result if key not in keys and key not in HIDDEN]
    pairs = [f"{key}={short(result[key]) if key in result else '-'}" for key in keys]
    return " ".join([result["case"], *pairs, *(["disturbed=yes"] if is_disturbed(result) else [])])


COLUMNS = {"cpu": "CPU, cores", "bound": "codecs alone", "ratio": "ratio", "latency_p50_ms": "picture p50, ms",
           "latency_p95_ms": "p95", "sound_p50_ms": "sound p50, ms", "lipsync_ms": "lip-sync, ms", "late_frames": "late frames",
           "psnr_db": "PSNR, dB", "rss_mb": "RSS, MB", "threads": "threads", "fds": "files"}


def cell(result, key):
    value = result.get(key)
    if value is None or (key in ("latency_p50_ms", "latency_p95_ms", "sound_p50_ms", "lipsync_ms", "psnr_db") and value == 0):
        return "–"
    if key in ("cpu", "bound", "ratio"):
        return f"{value:.2f}"
    return f"{value:.1f}" if key == "psnr_db" else f"{value:.0f}"


def markdown(results):
    rows = ["| case | " + " | ".join(COLUMNS.values()) + " |", "|---|" + "---:|" * len(COLUMNS)]
    for one in results:
        name = one["case"] + (" (disturbed)" if is_disturbed(one) else "")
        rows.append(f"| {name} | " + " | ".join(cell(one, key) for key in COLUMNS) + " |")
    return "\n".join(rows)
