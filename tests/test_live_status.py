"""The question of a status as a page: it says what `kg status` says, and picks nobody."""

import html
import re
from pathlib import Path

import pytest

from live import asked, dataset_of, desk_of, text_of
from onrecord.pictures.standing import sentence
from onrecord.questions.verdicts import days_of
from onrecord.server.desk import Desk
from onrecord.site import telling


@pytest.fixture(scope="module")
def desk(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of(dataset_of(founding, tmp_path_factory.mktemp("live") / "dataset"))


def _said(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.parametrize("when", ["", "2010-01-01", "2003", "2025-04-17", "2025-05", "1990", "2004/2006"])
@pytest.mark.parametrize("where", ["", "RU", "UN"])
def test_the_page_says_what_the_report_says(desk: Desk, where: str, when: str) -> None:
    page = asked(desk, "status_page", entity="taliban", **{"in": where}, on=when)
    assert page.status == 200
    said, statuses = _said(text_of(page)), desk.statuses
    place = statuses.jurisdictions.named(where) if where else None
    report = statuses.report(desk.lookup.one("taliban"), place, days_of(when) if when else None)
    for standing in report.standings:
        assert telling.days_in(sentence(standing)) in said
        assert telling.days_in(standing.reason) in said or not standing.records
        for piece in standing.evidence:
            assert piece.exact is None or " ".join(piece.exact.split()) in said
            assert piece.chain is None or f"On whose word: {piece.chain}" in said
            assert all(" ".join(reason.split()) in said for reason in piece.curated)
        for record in standing.records:
            assert record.label in said
            assert all(telling.days_in(text) in said for text, _ in record.timeline.disagreements)
        assert ("curated in part" in said) or not standing.is_curated
    for each in report.silent:
        assert each.jurisdiction.label in said
    assert "No evidence is not evidence of absence" in said
    assert ("the last day on record, and not today" in said) == (not when and bool(report.standings))


def test_the_address_of_an_answer_can_be_shared_and_asked_again(desk: Desk) -> None:
    page = text_of(asked(desk, "status_page", entity="taliban", **{"in": "ru"}, on="2010"))
    assert 'name="entity" type="search" value="taliban"' in page
    assert '<option value="RU" selected>Russia</option>' in page
    assert 'name="on" value="2010"' in page
    assert '<a href="status/organization/taliban?in=ru&amp;on=2010">JSON</a>' in page


def test_without_a_question_the_form_says_what_the_answers_mean(desk: Desk) -> None:
    page = asked(desk, "status_page")
    assert page.status == 200
    assert "No source says anything of it. No evidence is not evidence of absence." in _said(text_of(page))
    assert "Several are called so" not in text_of(page)


def test_close_names_are_offered_and_nobody_is_picked(desk: Desk) -> None:
    said = text_of(asked(desk, "status_page", entity="talibam", **{"in": "RU"}, on="2010"))
    assert "Nobody is called just so" in said
    assert '<a href="status?entity=organization%2Ftaliban&amp;in=RU&amp;on=2010"><bdi>Taliban</bdi></a>' in said
    assert "spelled nearly so" in said
    assert 'class="answered"' not in said
    assert "No name in this dataset is like" in text_of(asked(desk, "status_page", entity="qqqqqqqq"))


def test_namesakes_are_named_to_choose_from(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.questions.lookup import Found, Lookup

    two = (desk.lookup.one("taliban"), desk.lookup.one("supreme-court-of-russia"))
    monkeypatch.setattr(Lookup, "find", lambda self, text: Found(two, "name"))
    said = text_of(asked(desk, "status_page", entity="both", on="2010"))
    assert "Several are called so" in said
    assert "status?entity=organization%2Ftaliban&amp;on=2010" in said
    assert "status?entity=organization%2Fsupreme-court-of-russia&amp;on=2010" in said
    assert 'class="answered"' not in said


@pytest.mark.parametrize(("field", "value"), [("on", "yesterday"), ("on", "2003~"), ("in", "Atlantis")])
def test_what_is_not_understood_is_said_beside_the_form(desk: Desk, field: str, value: str) -> None:
    page = asked(desk, "status_page", entity="taliban", **{field: value})
    assert page.status == 400
    assert 'aria-describedby="asked-when-hint when-wrong"' in text_of(page) or field == "in"
    assert f'id="{"when" if field == "on" else "where"}-wrong"' in text_of(page)
    assert value in text_of(page)
    assert 'class="answered"' not in text_of(page)
