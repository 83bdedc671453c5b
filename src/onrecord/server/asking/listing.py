"""The job "questions": what can be asked, as JSON, or as the page that has a form for each."""

from collections.abc import Mapping

from onrecord.questions import Question, load_all
from onrecord.server.asking.examples import address_of
from onrecord.server.asking.schemas import Object
from onrecord.server.desk import Desk
from onrecord.server.reply import Reply, of_json


def questions(desk: Desk, args: Mapping[str, object]) -> Reply:
    """All questions in `form`, json or html; `address` is where the server is."""
    if args["form"] == "html":
        from onrecord.server.asking.page import listing

        return listing(desk, str(args["address"]))
    return of_json([told(question) for question in load_all()])


def told(question: Question) -> Object:
    """A question as JSON: its form is `question` of the OpenAPI document."""
    return {
        "name": question.name,
        "summary": question.summary,
        "numbers": [*question.numbers],
        "notes": question.notes,
        "parameters": [
            {
                "name": each.name,
                "type": each.type,
                "required": each.required,
                "default": each.default or None,
                "text": each.text,
            }
            for each in question.parameters
        ],
        "examples": [address_of(example) for example in question.examples],
        "href": f"ask/{question.name}",
    }
