"""The pictures of pages, and index pages: drawn from values, bounded, and well-formed whatever is in them."""

import datetime
import xml.etree.ElementTree as ET

from onrecord.history import Period
from onrecord.pictures import Lane, Marker, Picture, chain, ribbon, scale_of, voices
from onrecord.site.indexes import PAGE, Row, split
from sites import HOSTILE


def _texts(svg: str) -> list[str]:
    return [text for each in ET.fromstring(svg).iter() if (text := each.text)]


def test_a_chain_is_told_from_the_source_to_the_first_speaker() -> None:
    steps = [chain.Step("A", "relays"), chain.Step("B", "paraphrases"), chain.Step("C", "reports")]
    assert chain.told(steps) == "A relays B, which paraphrases C, the first to report."
    assert [text for text in _texts(chain.drawn(steps)) if text in "ABC"] == ["A", "B", "C"]


def test_of_who_said_what_the_most_frequent_are_drawn_and_it_is_told_how_many() -> None:
    said = [voices.Said(f"speaker {number:02}", "X") for number in range(30)] + [voices.Said("speaker 29", "X")] * 4
    drawn = voices.drawn(said)
    assert (drawn.shown, drawn.of) == (voices.MOST, 30)
    assert "speaker 29 about X: 5 times" in _texts(drawn.picture)
    assert drawn == voices.drawn(reversed(said))


def test_a_time_line_shows_each_period_even_a_day() -> None:
    day = datetime.date(2020, 5, 1)
    lane = Lane(
        "list",
        (Period(None, day, "listed", "a"), Period(day, day, "uncertain", "b"), Period(day, None, "no evidence", "c")),
    )
    marker = Marker(day, day, "asked")
    svg = ribbon.drawn(lane, scale_of(Picture("", "", (lane,), marker)), marker)
    bars = [each for each in ET.fromstring(svg).iter("rect") if each.get("class") in ("listed", "uncertain")]
    assert [each.get("class") for each in bars] == ["listed", "uncertain"]
    assert all(float(str(each.get("width")).rstrip("%")) >= 0.5 for each in bars)


def test_pictures_are_well_formed_whatever_is_in_them() -> None:
    lane = Lane(HOSTILE, (Period(None, None, "listed", HOSTILE),))
    for svg in (
        chain.drawn([chain.Step(HOSTILE, HOSTILE)]),
        chain.drawn([]),
        voices.drawn([voices.Said(HOSTILE, HOSTILE)]).picture,
        ribbon.drawn(lane, scale_of(Picture("", "", (lane,)))),
    ):
        assert {each.tag for each in ET.fromstring(svg).iter()} <= {
            *("svg", "title", "desc", "rect", "text", "path", "line", "defs", "pattern"),
        }


def test_an_index_has_every_row_once_in_order_and_leads_to_each_letter() -> None:
    rows = [
        Row("ABC#"[number % 4], f"{number:04}", f"https://x/{number}", "x", "", ()) for number in range(PAGE * 2 + 1)
    ]
    parts = list(split(rows, "index/x", "X", "", ""))
    assert [part.path for part in parts] == ["index/x.html", "index/x/page-2.html", "index/x/page-3.html"]
    found = [row for part in parts for _, held in part.letters for row in held]
    assert sorted(found) == sorted(rows)
    assert [row.letter for row in found] == sorted(
        (row.letter for row in rows), key=lambda letter: (letter == "#", letter)
    )
    jumps = dict(parts[0].jumps)
    for letter, target in jumps.items():
        page = next(part for part in parts if part.path == target.partition("#")[0])
        assert letter in [each for each, _ in page.letters]


def test_an_empty_index_is_a_page() -> None:
    assert [part.of for part in split([], "index/x", "X", "", "")] == [0]
