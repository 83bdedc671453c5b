"""Terms that the tests of the rules share: of the toy ontology, and of made-up data."""

from pathlib import Path

DATA = "https://example.org/data/"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SAME = f"<{OWL}sameAs>"
DIFFERENT = f"<{OWL}differentFrom>"
TOY = Path(__file__).with_name("ontologies") / "toy.ttl"


def node(name: str) -> str:
    return f"<{DATA}{name}>"


def toy(name: str) -> str:
    return f"<https://example.org/ns#{name}>"
