"""Debt 3: one article changed, and the dataset built again: by another `kg build`, and by one that watches."""

import shutil
import signal
import statistics
import subprocess
import time
from pathlib import Path

import ours
from measuring.processes import stop
from measuring.table import Row, seconds
from session import Session

OWED, WATCHED = 50, 1.0
WAIT = 120.0


def measure(session: Session) -> list[Row]:
    """For JSON Lines (thousand documents a file) and for YAML (a file each)."""
    rows = _changed(session, session.sizes.incremental, "jsonl")
    if session.sizes.yaml:
        rows += _changed(session, session.sizes.yaml, "yaml")
    return rows


def _changed(session: Session, articles: int, form: str) -> list[Row]:
    folder = session.dataset(articles, form=form)
    out = session.folder / f"out-incremental-{form}"
    session.say(f"kg build of {articles:,} articles ({form}), then one changed")
    full = ours.build(folder, out, 2)
    file = _middle(folder)
    again = []
    for turn in range(3):
        _edit(file, turn)
        again.append(ours.build(folder, out, 2, clean=False).seconds)
    taken = statistics.median(again)
    ratio = full.seconds / taken
    what = f"one of {articles:,} changed ({form}), kg build"
    note = "both with the store; median of 3"
    mine, beside = seconds(taken), f"full {seconds(full.seconds)}"
    rows = [
        Row("3", what, mine, beside, ratio, f"≥ {OWED} ×", ratio >= OWED, note),
        _watched(session, folder, out, file, articles, form),
    ]
    shutil.rmtree(out, ignore_errors=True)
    return rows


def _middle(folder: Path) -> Path:
    files = sorted((folder / "data" / "articles").rglob("*.*"))
    return files[len(files) // 2]


def _edit(file: Path, turn: int) -> None:
    """Change the title of the first document in a file. Whoever reads meanwhile finds the old file or the new one."""
    text = file.read_text(encoding="utf-8")
    mark = '"title":"' if file.suffix == ".jsonl" else "title: "
    at = text.index(mark) + len(mark)
    at += text[at] in "'\"" and file.suffix != ".jsonl"
    aside = file.with_name(f".{file.name}.aside")
    aside.write_text(f"{text[:at]}{turn} {text[at:]}", encoding="utf-8")
    aside.replace(file)


def _watched(session: Session, folder: Path, out: Path, file: Path, articles: int, form: str) -> Row:
    what = f"one of {articles:,} saved ({form}), kg build --watch"
    if not ours.offers("build", "--watch"):
        return Row("3", what, "", owed=f"< {WATCHED} s", note="kg build has no --watch yet")
    session.say(f"kg build --watch of {articles:,} articles ({form})")
    command = [str(ours.KG), "-C", str(folder), "build", "--watch", "--out", str(out)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, text=True, start_new_session=True)
    try:
        _edit(file, 10)
        _published(out, (out / "latest").readlink())  # it is awake
        taken = []
        for turn in range(11, 14):
            time.sleep(1)
            before = (out / "latest").readlink()
            start = time.perf_counter()
            _edit(file, turn)
            _published(out, before)
            taken.append(time.perf_counter() - start)
    except TimeoutError:
        return Row("3", what, "", owed=f"< {WATCHED} s", met=False, note=f"nothing was published within {WAIT:.0f} s")
    finally:
        process.send_signal(signal.SIGINT)
        stop(process)
    middle = statistics.median(taken)
    return Row(
        "3", what, seconds(middle), owed=f"< {WATCHED} s", met=middle < WATCHED, note="from the save to the new release"
    )


def _published(out: Path, before: Path) -> None:
    """Wait until another release is the latest."""
    end = time.monotonic() + WAIT
    while (out / "latest").readlink() == before:
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.005)
