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


def line(result):
    """CASE cpu=… bound=… …, the same first six everywhere."""
    keys = FIRST + [key for key in THEN if key in result]
    keys += [key for key in result if key not in keys and key not in HIDDEN]
    return result["case"] + " " + " ".join(f"{key}={short(result[key]) if key in result else '-'}" for key in keys)


COLUMNS = {"cpu": "CPU, cores", "bound": "codecs alone", "ratio": "ratio", "latency_p50_ms": "picture p50, ms",
           "latency_p95_ms": "p95", "sound_p50_ms": "sound p50, ms", "lipsync_ms": "lip-sync, ms", "late_frames": "late frames",
           "psnr_db": "PSNR, dB", "rss_mb": "RSS, MB", "threads": "threads", "fds": "files"}


def cell(result, key):
    value = result.get(key)
    if value is None or (key in ("latency_p50_ms", "latency_p95_ms", "lipsync_ms", "psnr_db") and value == 0):
        return "–"
    if key in ("cpu", "bound", "ratio"):
        return f"{value:.2f}"
    return f"{value:.1f}" if key == "psnr_db" else f"{value:.0f}"


def markdown(results):
    rows = ["| case | " + " | ".join(COLUMNS.values()) + " |", "|---|" + "---:|" * len(COLUMNS)]
    rows += [f"| {one['case']} | " + " | ".join(cell(one, key) for key in COLUMNS) + " |" for one in results]
    return "\n".join(rows)
