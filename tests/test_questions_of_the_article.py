"""The questions that the founding article can answer.

The expected answers were written by reading the article, before and apart from the queries. Where the article leaves a thing open
and a curator has closed it (the date of the ruling), the answer shows whose word it is.
"""

import json
import shutil
from pathlib import Path

import pytest

from conftest import Kg

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = "russia-taliban-delisting"
SITE, TMT, VYORSTKA = "london-news-net", "The Moscow Times", "Vyorstka"
QUOTED = f"{SITE} ← {TMT} ← Ruslan Suleymanov"
OFFICIAL = f"{SITE} ← {TMT} ← a Russian official"
CURATORS = "The On Record curators"
SERENKO = f"{SITE} ← Russian media ← Andrei Serenko"

# (question, its parameters, the columns looked at, the rows). "" is an unbound value; an address is given by its last part.
ANSWERS: list[tuple[str, str, str, list[str]]] = [
    (
        "conflicts",
        "",
        "kind words day basis chain",
        [
            f"interval|{words}|2025-04-17|curated|{SITE}"
            for words in (
                "since 2003",
                "for almost twenty years",
                "officially taken the Taliban off its list",
                "classified as a terrorist entity in Russia",
                "legally recognized as a terrorist organization in Russia",
            )
        ],
    ),
    ("conflicts", "about=taliban", "side", ["taliban-in-russia"]),
    ("conflicts", "about=ivan-zhdanov", "side", []),
    ("status-on-date", "subject=taliban in=russia on=2010-01-01", "answer chain", [f"listed|{SITE}"]),
    ("status-on-date", "subject=taliban in=russia on=2002-06-01", "answer", ["no evidence"]),
    ("status-on-date", "subject=taliban in=russia on=2003-07-01", "answer", ["uncertain"]),
    (
        "status-on-date",
        "subject=taliban in=russia on=2004-06-01",
        "answer because",
        ["sources disagree|since 2003; but “for almost twenty years” until 2025-04-17"],
    ),
    ("status-on-date", "subject=taliban in=russia on=2006-06-01", "answer", ["listed"]),
    ("status-on-date", "subject=taliban in=russia on=2024-06-01", "answer basis", ["listed|curated"]),
    (
        "status-on-date",
        "subject=taliban in=russia on=2026-01-01",
        "answer lostBy basis",
        ["not listed|delisting-of-the-taliban|curated"],
    ),
    ("status-on-date", "subject=taliban in=united-states on=2010-01-01", "answer", ["no evidence"]),
    ("status-on-date", "subject=taliban in=afghanistan on=2026-01-01", "answer", ["no evidence"]),
    ("status-on-date", "subject=ivan-zhdanov in=russia on=2021-12-31", "answer", ["no evidence"]),
    ("status-on-date", "subject=ivan-zhdanov in=russia on=2022-06-01", "answer", ["uncertain"]),
    (
        "status-on-date",
        "subject=ivan-zhdanov in=russia on=2024-01-01",
        "answer list",
        ["listed|russian-extremists-and-terrorists"],
    ),
    ("status-on-date", "subject=leonid-volkov on=2024-01-01", "answer", ["no evidence"]),
    ("status-on-date", "subject=anti-corruption-foundation on=2024-01-01", "answer", ["no evidence"]),
    ("status-on-date", "subject=nadezhda-kevorkova on=2024-01-01", "answer", ["no evidence"]),
    ("status-on-date", f"subject={ARTICLE}/person/volkovs-father on=2024-01-01", "answer", ["no evidence"]),
    (
        "status-after-act",
        f"act={ARTICLE}/act/ruling-on-the-taliban",
        "subject answer jurisdiction",
        ["taliban|not listed|russia"],
    ),
    (
        "status-everywhere",
        "subject=taliban on=2010-01-01",
        "jurisdiction answer",
        ["russia|listed", *(f"{s}|no evidence" for s in ("afghanistan", "china", "iran", "ukraine", "united-states"))],
    ),
    ("delistings-by-authority", "", "subject madeBy authority", ["taliban|court|supreme-court-of-russia"]),
    (
        "recognition-readings",
        "",
        "stance kind speaker words chain",
        [
            f"denied|formal-recognition|experts|does not signify a formal acknowledgment of the Taliban’s governance|{SITE} ← experts",
            f"denied|political-legitimacy|arkady-dubnov|does not equate to offering them political legitimacy|{SITE} ← Telegram ← Arkady Dubnov",
        ],
    ),
    (
        "legal-effects",
        "in=russia",
        "list words",
        [
            "russian-extremists-and-terrorists|their right to engage in various professions",
            "russian-extremists-and-terrorists|run for public office",
            "russian-extremists-and-terrorists|establish media outlets",
            "russian-extremists-and-terrorists|access financial resources",
            "russian-terrorist-organizations|a designation that carried significant ramifications",
        ],
    ),
    (
        "claimed-designations",
        "",
        "claimant designee words",
        [
            f"ivan-zhdanov|{who}|have been classified as terrorists"
            for who in ("foundation-colleagues", "volkovs-father", "other-good-people")
        ],
    ),
    (
        "contradicting-intervals",
        "",
        "startWords saidWords qualifier saidYears leastYears endBasis",
        ["since 2003|for almost twenty years|almost|20|21|curated"],
    ),
    (
        "anonymous-only",
        "",
        "words chain",
        [
            f"A long time has passed as we’ve been working towards this decision,|{OFFICIAL}",
            f"The question now lies in how synchronized this action is with our partners and allies,|{OFFICIAL}",
            f"We will observe our partners’ responses, as it will serve as a litmus test for our relationships.|{OFFICIAL}",
            f"working towards this decision|{CURATORS} ← {OFFICIAL}",
            f"how synchronized this action is|{CURATORS} ← {OFFICIAL}",
        ],
    ),
    (
        "attribution-chain",
        f"fact={ARTICLE}/figure/charged-over-the-taliban",
        "position agent manner",
        ["1|london-news-net|relays", "2|vyorstka|reports"],
    ),
    (
        "attribution-chain",
        f"fact={ARTICLE}/statement/suleymanov-on-cooperation",
        "position agent manner",
        ["1|london-news-net|relays", "2|the-moscow-times|quotes", "3|ruslan-suleymanov|speaks"],
    ),
    (
        "attribution-chain",
        f"fact={ARTICLE}/figure/deaths-in-the-concert-hall",
        "position agent manner",
        ["1|london-news-net|own-voice"],
    ),
    (
        "second-hand",
        "",
        "speaker through",
        [
            "ruslan-suleymanov|the-moscow-times",
            "russian-official|the-moscow-times",
            "andrei-serenko|russian-media",
            "arkady-dubnov|telegram",
        ],
    ),
    ("positions", "speaker=ivan-zhdanov about=taliban", "stance attitude position", ["asks|wonders|no telling"]),
    (
        "asserting-nothing",
        "",
        "speaker force",
        [
            "andrei-serenko|question",
            "ivan-zhdanov|question",
            "russian-official|prediction",
            "russian-official|question",
            "arkady-dubnov|prediction",
            "taliban|prediction",
            "london-news-net|speculation",
        ],
    ),
    (
        "readings-of-an-act",
        f"act={ARTICLE}/act/ruling-on-the-taliban",
        "speaker stance",
        ["experts|denies", "london-news-net|asserts"],
    ),
    (
        "prosecutions",
        "over=taliban",
        "qualifier number from to outcome chain",
        [
            f"at-least|37|2016|2025|charged|{SITE} ← {VYORSTKA}",
            f"about|20|||penalized|{SITE} ← {VYORSTKA}",
            f"at-least|9|||convicted|{SITE} ← {VYORSTKA}",
            f"||||convicted, penalized|{SITE}",
        ],
    ),
    (
        "figures-to-add",
        "of=taliban",
        "verdict one other",
        [
            "part|charged-over-the-taliban|penalized-over-symbols",
            "disjoint|convicted-besides|penalized-over-symbols",
            "may overlap|charged-over-the-taliban|convicted-besides",
        ],
    ),
    (
        "casualties",
        f"event={ARTICLE}/event/concert-hall-attack",
        "qualifier number least most chain",
        [f"exactly|145|145|145|{SITE}"],
    ),
    (
        "longest-sentence",
        "",
        "years is words chain",
        [
            f"12.5|a maximum|sentences reaching up to 12.5 years|{SITE} ← {VYORSTKA}",
            f"5.5|a case|sentences of 5.5 years|{SITE}",
        ],
    ),
    (
        "contacts-while-designated",
        "designator=russia designee=taliban",
        "event of when answer basis",
        [
            "taliban-at-forum-2022|st-petersburg-economic-forum|2022|during|derived",
            "taliban-at-forum-2024|st-petersburg-economic-forum|2024|during|derived",
            "talks-with-lavrov|sergei-lavrov|last year|during|curated",
        ],
    ),
    (
        "persons-and-roles",
        "",
        "person known",
        [
            *(
                f"{name}|by name"
                for name in (
                    *("alexei-navalny", "andrei-serenko", "arkady-dubnov", "ivan-zhdanov", "leonid-volkov"),
                    *("nadezhda-kevorkova", "ruslan-suleymanov", "sergei-lavrov"),
                )
            ),
            "chief-diplomat|by role only",
            "volkovs-father|by role only",
            "russian-official|anonymous",
        ],
    ),
]


@pytest.fixture(scope="module")
def folder(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset folder whose latest release is the founding article's."""
    folder = tmp_path_factory.mktemp("asked")
    shutil.copyfile(ROOT / "kg.toml", folder / "kg.toml")
    (folder / "out").symlink_to(founding)
    return folder


def ask(kg: Kg, folder: Path, name: str, parameters: str, columns: str) -> set[str]:
    ran = kg("-C", folder, "ask", name, *parameters.split(), "--format", "json")
    assert ran.code == 0, ran
    answer = json.loads(ran.out)
    assert set(columns.split()) <= set(answer["head"]["vars"])
    return {"|".join(_short(row.get(column)) for column in columns.split()) for row in answer["results"]["bindings"]}


def _short(term: dict[str, str] | None) -> str:
    if term is None:
        return ""
    return term["value"].rsplit("/", 1)[-1] if term["type"] == "uri" else term["value"]


@pytest.mark.parametrize(("name", "parameters", "columns", "rows"), ANSWERS, ids=[f"{a[0]} {a[1]}" for a in ANSWERS])
def test_an_answer(name: str, parameters: str, columns: str, rows: list[str], folder: Path, kg: Kg) -> None:
    assert ask(kg, folder, name, parameters, columns) == set(rows)


def test_every_named_question_is_tested() -> None:
    """Here, or where one article alone has no answer: test_questions_fictional.py and test_questions_changes.py."""
    asked = {name for name, *_ in ANSWERS} | {"statements", "exact-words", "outlet-dependence"}
    elsewhere = {"changes", "disagreements", "event-candidates", "relisted"}
    assert asked | elsewhere == {file.stem for file in (ROOT / "queries").glob("*.rq")}


def test_who_said_what_and_how(folder: Path, kg: Kg) -> None:
    rows = ask(kg, folder, "statements", "", "speaker modes medium addressee chain")
    assert {
        f"experts|paraphrase|||{SITE} ← experts",
        f"ruslan-suleymanov|direct||the-moscow-times|{QUOTED}",
        f"russian-official|direct||the-moscow-times|{OFFICIAL}",
        f"arkady-dubnov|partial|||{SITE} ← Arkady Dubnov",
        f"arkady-dubnov|direct|telegram||{SITE} ← Telegram ← Arkady Dubnov",
        f"arkady-dubnov|paraphrase|||{SITE} ← Arkady Dubnov",
        f"russia|partial||taliban|{SITE} ← Russia",
        f"taliban|paraphrase, prediction|||{SITE} ← Taliban",
        f"ivan-zhdanov|direct|||{SITE} ← Ivan Zhdanov",
        f"ivan-zhdanov|direct, question|||{SITE} ← Ivan Zhdanov",
        f"andrei-serenko|direct, question||russian-media|{SERENKO}",
        f"london-news-net|own-voice, speculation|||{SITE}",
    } <= rows
    silent = {"sergei-lavrov", "chief-diplomat", "nadezhda-kevorkova", "leonid-volkov", "alexei-navalny", "vyorstka"}
    assert {row.split("|")[0] for row in rows}.isdisjoint(silent)


def test_which_words_stand_behind_a_fact(folder: Path, kg: Kg, shared: Path) -> None:
    text = (shared / "articles" / f"{ARTICLE}.txt").read_text(encoding="utf-8")
    rows = ask(kg, folder, "exact-words", f"fact={ARTICLE}/designation/taliban-in-russia", "words start end")
    words = {"since 2003", "for almost twenty years", "classified as a terrorist entity in Russia"}
    assert words <= {row.split("|")[0] for row in rows}
    for row in rows:
        exact, start, end = row.split("|")
        assert text[int(start) : int(end)] == exact


def test_the_site_depends_on_two_outlets_and_telegram_is_none(folder: Path, kg: Kg) -> None:
    assert {row.split("|")[0] for row in ask(kg, folder, "outlet-dependence", "", "outlet facts")} == {
        "the-moscow-times",
        "vyorstka",
    }
