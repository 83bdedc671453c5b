"""Time lines as cells and as SVG: what is shown is what is known, whatever the labels hold."""

import datetime
import unicodedata
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cli import tables, timeline
from onrecord.cli.timeline import Manner
from onrecord.history import Period, Status
from onrecord.pictures import Lane, Marker, Picture, document, scale_of, strips

DAY = datetime.date
SVG = "{http://www.w3.org/2000/svg}"
LANE = Lane(
    "Alda's terror list",
    (
        Period(DAY(2003, 1, 1), DAY(2003, 12, 30), "uncertain", "since 2003"),
        Period(DAY(2003, 12, 31), DAY(2005, 4, 17), "sources disagree", "since 2003; but “almost 20 years”"),
        Period(DAY(2005, 4, 18), DAY(2025, 4, 16), "listed", "since 2003"),
        Period(DAY(2025, 4, 17), None, "not listed", "until 2025-04-17"),
    ),
)
PICTURE = Picture(
    "Northern Front · Alda", "It was listed.", (LANE,), Marker(DAY(2010, 1, 1), DAY(2010, 1, 1), "2010-01-01: listed")
)

days = st.dates(DAY(1900, 1, 1), DAY(2100, 1, 1))
statuses: st.SearchStrategy[Status] = st.sampled_from(("listed", "sources disagree", "uncertain", "not listed"))


@st.composite
def lanes(draw: st.DrawFn) -> Lane:
    """Periods in order, without gaps, the ends perhaps open."""
    cuts = sorted(draw(st.sets(days, min_size=2, max_size=8)))
    one = datetime.timedelta(1)
    ends = [(first, after - one) for first, after in pairwise(cuts)]
    periods = [Period(first, last, draw(statuses), "it is so") for first, last in ends]
    if draw(st.booleans()):
        periods[-1] = Period(periods[-1].first, None, periods[-1].status, "it is so")
    return Lane(draw(st.text(max_size=30)), tuple(periods))


# ── Cells ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@settings(deadline=None, derandomize=True)
@given(lanes(), st.integers(1, 200))
def test_a_strip_has_its_width_and_hides_no_status(lane: Lane, width: int) -> None:
    scale = scale_of(Picture("", "", (lane,)))
    shown = strips(lane, scale, width)
    assert len(shown) == width
    if width >= 30:  # more cells than there can be periods side by side in one
        most_urgent = min(
            (p.status for p in lane.periods), key=("sources disagree", "listed", "uncertain", "not listed").index
        )
        assert most_urgent in shown


@settings(deadline=None, derandomize=True)
@given(lanes())
def test_a_cell_a_day_shows_each_day_as_it_is(lane: Lane) -> None:
    first = lane.periods[0].first
    assert first is not None
    short = Lane("", tuple(p for p in lane.periods if p.first and p.first.year == first.year))
    scale = scale_of(Picture("", "", (short,)))
    shown = strips(short, scale, scale.days)
    for number in range(0, scale.days, 7):
        day = scale.first + datetime.timedelta(number)
        held = next((p.status for p in short.periods if (p.first or day) <= day <= (p.last or day)), "no evidence")
        assert shown[number] == held, day


def test_a_day_of_disagreement_is_seen_among_twenty_years() -> None:
    one = DAY(2010, 6, 1)
    before, after = one - datetime.timedelta(1), one + datetime.timedelta(1)
    lane = Lane(
        "",
        (
            Period(DAY(2000, 1, 1), before, "listed", ""),
            Period(one, one, "sources disagree", ""),
            Period(after, DAY(2020, 1, 1), "listed", ""),
        ),
    )
    assert strips(lane, scale_of(Picture("", "", (lane,))), 40).count("sources disagree") == 1


def test_days_that_nobody_speaks_of_are_blank() -> None:
    lane = Lane("", (Period(DAY(2010, 1, 1), DAY(2010, 12, 31), "listed", ""),))
    marker = Marker(DAY(2000, 1, 1), DAY(2000, 1, 1), "")
    shown = strips(lane, scale_of(Picture("", "", (lane,), marker)), 50)
    assert (shown[0], shown[5]) == ("no evidence", "no evidence")
    assert "listed" in shown


# ── The terminal ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("columns", [10, 40, 80, 200])
@pytest.mark.parametrize("plain", [True, False])
def test_a_drawn_line_fits_and_names_what_it_shows(columns: int, plain: bool) -> None:
    drawn = list(timeline.lines(PICTURE, Manner(columns, ascii=plain)))
    assert max(map(tables.width, drawn)) <= max(columns, 45)
    text = "\n".join(drawn)
    assert "Alda's terror list" in " ".join(text.split())
    assert "2010-01-01: listed" in text
    assert ("#" in text, "█" in text) == (plain, not plain)
    assert text.isascii() == plain
    assert "\x1b" not in text


def test_color_only_adds_to_what_the_signs_say() -> None:
    plain = list(timeline.lines(PICTURE, Manner(80)))
    colored = list(timeline.lines(PICTURE, Manner(80, color=True)))
    from click import unstyle

    assert [unstyle(line) for line in colored] == plain
    assert colored != plain


@settings(deadline=None, derandomize=True)
@given(st.lists(lanes(), max_size=3), st.integers(5, 120))
def test_whatever_is_drawn_can_be_drawn(drawn: list[Lane], columns: int) -> None:
    picture = Picture("t", "a", tuple(drawn), Marker(DAY(1950, 1, 1), DAY(1960, 1, 1), "1950/1960"))
    for line in timeline.lines(picture, Manner(columns)):
        assert "\n" not in line
        assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in line)


# ── SVG ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_picture_says_in_words_what_it_shows() -> None:
    root = ET.fromstring(document(PICTURE))
    assert root.get("role") == "img"
    title, desc = root[0], root[1]
    assert (title.tag, title.text, desc.tag) == (f"{SVG}title", PICTURE.title, f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert "from 2005-04-18 to 2025-04-16 listed" in str(desc.text)
    assert "from 2025-04-17 on not listed" in str(desc.text)
    shown = "".join(text.text or "" for text in root.iter(f"{SVG}text"))
    for told in ("Alda's terror list", "2010-01-01: listed", "It was listed.", "2010", "sources disagree"):
        assert told in shown


def test_a_picture_is_self_contained_and_the_same_each_time() -> None:
    drawn = document(PICTURE)
    assert drawn == document(PICTURE)
    root = ET.fromstring(drawn)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "defs", "pattern", "path", "rect", "text"),
    }
    assert not [a for element in root.iter() for a in element.attrib if "href" in a or a.startswith("on")]
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=300), st.text(max_size=300), lanes())
def test_hostile_texts_stay_texts(title: str, answer: str, lane: Lane) -> None:
    drawn = document(Picture(title, answer, (lane,), Marker(DAY(2000, 1, 1), DAY(2000, 2, 1), title)))
    root = ET.fromstring(drawn.encode())
    harmless = {element.tag.removeprefix(SVG) for element in ET.fromstring(document(PICTURE)).iter()}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= harmless
    assert not any(char in drawn for char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b")


def test_markup_in_a_label_is_shown_and_does_nothing() -> None:
    bad = '<script>alert(1)</script>"/><a xlink:href="javascript:x">\ud800'
    drawn = document(Picture(bad, bad, (Lane(bad, LANE.periods),)))
    assert "<script" not in drawn
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in drawn
    ET.fromstring(drawn.encode())


@settings(deadline=None, derandomize=True)
@given(lanes())
def test_bars_lie_within_the_picture_in_order_and_are_wide_enough_to_be_seen(lane: Lane) -> None:
    root = ET.fromstring(document(Picture("t", "a", (lane,))))
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None]
    assert len(bars) == len(lane.periods)
    ends = [(float(bar.get("x", "-1")), float(bar.get("width", "-1"))) for bar in bars]
    assert all(20 <= x <= 840 and 3 <= width <= 820 for x, width in ends)
    wide = [x for x, width in ends if width > 3]
    assert wide == sorted(wide)
