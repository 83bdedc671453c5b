"""The OpenAPI document: valid, the same bytes each time, and true of what the server answers."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import httpx
import pytest
from jsonschema import Draft202012Validator, ValidationError
from schemathesis.specs.openapi.definitions import OPENAPI_31

from onrecord.dataset import settings
from onrecord.questions import Parameter, Question, load_all
from onrecord.server.asking import openapi
from onrecord.server.asking.examples import address_of
from onrecord.server.asking.media import ANSWERS
from onrecord.vocabulary.terms import CONCEPTS
from serving import served

ROOT = Path(__file__).resolve().parents[1]
Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
DOCUMENT = json.loads(json.dumps(openapi.document(settings.load(ROOT))))


def test_it_is_a_document_of_openapi() -> None:
    Draft202012Validator(OPENAPI_31).validate(DOCUMENT)
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    names = [each["operationId"] for path in DOCUMENT["paths"].values() for each in path.values()]
    assert len(names) == len(set(names))


def _references(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(found := value.get("$ref"), str):
            yield found
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)


def test_each_reference_leads_somewhere() -> None:
    found = set(_references(DOCUMENT))
    assert found
    for reference in found:
        place = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_it_does_not_depend_on_hashes() -> None:
    code = (
        "import sys; from pathlib import Path; from onrecord.server.desk import Desk; "
        "from onrecord.server.asking.openapi import openapi; "
        "sys.stdout.buffer.write(openapi(Desk(Path(sys.argv[1]), Path('x')), {}).body)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(ROOT)], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert json.loads(runs[0]) == DOCUMENT


@pytest.mark.parametrize("question", load_all(), ids=lambda question: question.name)
def test_each_question_has_a_path_with_its_parameters(question: Question) -> None:
    told = DOCUMENT["paths"][f"/ask/{question.name}"]["get"]
    assert told["summary"] == question.summary
    assert [(each["name"], each["required"]) for each in told["parameters"]] == [
        (each.name, each.required) for each in question.parameters
    ]
    assert {*told["responses"]["200"]["content"]} == {media.partition(";")[0] for media in ANSWERS.values()}
    example = " ".join(question.examples)
    for parameter in told["parameters"]:
        assert parameter["description"]
        for shown in parameter.get("examples", {}).values():
            assert f"{parameter['name']}={shown['value']}" in example
        assert bool(parameter.get("examples")) == (f" {parameter['name']}=" in example)


def test_parameters_have_the_values_of_their_type() -> None:
    question = load_all()[0]
    kind = next(name for name in CONCEPTS)
    told = openapi._parameter(Parameter("kind", f"concept:{kind}", False, "x", "Which."), question)
    assert isinstance(told, dict)
    assert told["schema"] == {"type": "string", "enum": [*CONCEPTS[kind]], "default": "x"}
    number = openapi._parameter(Parameter("most", "integer", True, "", "How many."), question)
    assert isinstance(number, dict)
    assert isinstance(number["schema"], dict)
    assert number["schema"]["type"] == "integer"


# ── True of the answers ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def server(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("openapi")
    (folder / "kg.toml").write_bytes((ROOT / "kg.toml").read_bytes())
    (folder / "out").symlink_to(founding)
    with served(folder, "--workers", "1") as address:
        yield address


def _fits(answer: httpx.Response, path: str) -> None:
    """Raises ValidationError, or KeyError, where an answer is not as the document says of its path."""
    (told,) = DOCUMENT["paths"][path].values()
    described = told["responses"][str(answer.status_code)]
    if "$ref" in described:
        described = DOCUMENT["components"]["responses"][described["$ref"].rpartition("/")[2]]
    schema = described["content"][answer.headers["content-type"].partition(";")[0]]["schema"]
    Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(answer.json())


def test_the_document_is_served_as_it_is_made(server: str) -> None:
    assert httpx.get(f"{server}openapi.json").json() == DOCUMENT


@pytest.mark.parametrize("question", [q for q in load_all() if not q.over], ids=lambda question: question.name)
def test_the_answer_to_an_example_is_as_described(server: str, question: Question) -> None:
    answer = httpx.get(f"{server}{address_of(question.examples[0])}")
    assert answer.status_code == 200
    _fits(answer, f"/ask/{question.name}")
    with pytest.raises(ValidationError):
        _fits(httpx.Response(200, json={**answer.json(), "rows": [{}]}), f"/ask/{question.name}")


@pytest.mark.parametrize(
    ("address", "path", "status"),
    [
        ("ask", "/ask", 200),
        ("ask/status-on-date", "/ask/status-on-date", 400),
        ("status/taliban", "/status/{entity}", 200),
        ("status?entity=taliban&in=RU&on=2010", "/status", 200),
        ("status?entity=talibn", "/status", 404),
        ("status?entity=taliban&on=x", "/status", 400),
        ("status", "/status", 400),
        (f"status?entity={'x' * 17_000}", "/status", 414),
    ],
)
def test_statuses_and_problems_are_as_described(server: str, address: str, path: str, status: int) -> None:
    answer = httpx.get(f"{server}{address}")
    assert answer.status_code == status
    _fits(answer, path)


# ── A fuzzer ──────────────────────────────────────────────────────────────────────────────────────────────────────

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
EXAMPLES = 20
"""For each address, besides those that cover what its schemas say."""


def test_a_fuzzer_finds_no_fault_and_no_answer_that_is_not_described(server: str, tmp_path: Path) -> None:
    before = _died(server)
    told = _fuzzed(server, tmp_path, CHECKS, "--include-path-regex", "^/(ask|status|screen|openapi)")
    assert int(re.findall(r"Tested: (\d+)", told)[0]) == len(load_all()) + 5
    assert int(re.findall(r"([0-9,]+) generated", told)[0].replace(",", "")) > 300
    assert _died(server) == before, "a worker died of a request: that is told as 400, and is a fault all the same"


def test_a_fuzzer_finds_no_fault_in_what_others_specify(server: str, tmp_path: Path) -> None:
    _fuzzed(server, tmp_path, "not_a_server_error", "--exclude-path-regex", "^/(ask|status|screen|openapi)")


def _fuzzed(server: str, folder: Path, checks: str, *options: str) -> str:
    """Run a fuzzer over the addresses; what it told. 503 is no fault: that is how a server says that it is busy."""
    (folder / "schemathesis.toml").write_text(
        '[checks]\nnot_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", "503"]\n', encoding="utf-8"
    )
    command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"]
    command += [f"{server}openapi.json", "--url", server.rstrip("/"), "--checks", checks, *options]
    command += ["--phases", "examples,coverage,fuzzing", "--max-examples", str(EXAMPLES), "--seed", "6"]
    command += ["--no-color", "--no-shrink", "--generation-database", "none", "--request-timeout", "60"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, "\n".join(line[:300] for line in (ran.stdout + ran.stderr).splitlines()[-80:])
    return ran.stdout


def _died(server: str) -> int:
    """How many workers have ended by themselves."""
    (found,) = re.findall(r"workers_died_total (\d+)", httpx.get(f"{server}metrics").text)
    return int(found)
