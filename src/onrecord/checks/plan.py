"""Compiled shapes as plain data: what a shapes graph asks for, to be kept as JSON under the key of its files.

Terms are strings in N-Triples form. In queries a number stands for a variable: its place in a row.
"""

from msgspec import Struct

from onrecord.ntriples import Triple

VERSION = "1"
"""Part of every plan's key: raise it when the meaning of a plan changes."""

Term = int | str
"""In a query: the place of a variable in a row, or a term."""


class Path(Struct, frozen=True, omit_defaults=True):
    """A property path (https://www.w3.org/TR/shacl/#property-paths). `kind` is `property` (with its `term`), `inverse`,
    `sequence`, `alternative`, `*`, `+` or `?`, with the paths that it is made of.
    """

    kind: str
    term: str = ""
    parts: tuple["Path", ...] = ()


class Step(Struct, frozen=True, omit_defaults=True):
    """A triple pattern, at least one end of which is bound when it is reached. With a `path`, or with a `variable` for
    the property, which is one of `choices` where there are any. `backward` where it may be walked from its value.
    """

    subject: Term
    value: Term
    path: Path | None = None
    variable: int = -1
    choices: tuple[str, ...] = ()
    backward: bool = False


class Expression(Struct, frozen=True, omit_defaults=True):
    """An expression: an operator or function by its name in SPARQL; `exists` has a pattern."""

    name: str
    parts: "tuple[Expression | int | str, ...]" = ()
    pattern: "Pattern | None" = None


class Pattern(Struct, frozen=True, omit_defaults=True):
    """A graph pattern: `steps` in the order in which they are taken, `join`, `union`, `optional` and `filter` of parts,
    `bind` of a variable.
    """

    kind: str
    parts: tuple["Pattern", ...] = ()
    steps: tuple[Step, ...] = ()
    expression: Expression | int | str | None = None
    variable: int = -1


class Query(Struct, frozen=True, omit_defaults=True):
    """A query that starts from bound variables: `this` and `value` where it asks for them, and `parameters`. Variables
    are in the places of their `names`; `projected` are those that it tells. `needs`: of each of these groups, the node
    has to have one of the properties, or there is no solution.
    """

    pattern: Pattern
    names: tuple[str, ...]
    projected: tuple[int, ...] = ()
    parameters: tuple[tuple[int, str], ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    this: bool = True
    value: bool = False


class Message(Struct, frozen=True, omit_defaults=True):
    """What a SPARQL constraint says: the text to show, and where it has variables, all texts to fill."""

    best: str = ""
    templates: tuple[str, ...] = ()


class Constraint(Struct, frozen=True, omit_defaults=True):
    """A constraint: the name of its component (without "ConstraintComponent"), its parameters as terms, the places of
    the shapes that it refers to, numbers, and a query with its message. `component` is for components of others.
    """

    kind: str
    terms: tuple[str, ...] = ()
    shapes: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    least: int | None = None
    most: int | None = None
    query: Query | None = None
    message: Message | None = None
    component: str = ""


class Targets(Struct, frozen=True, omit_defaults=True):
    """What a shape is for (https://www.w3.org/TR/shacl/#targets)."""

    nodes: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    subjects_of: tuple[str, ...] = ()
    objects_of: tuple[str, ...] = ()


class Shape(Struct, frozen=True, omit_defaults=True):
    """A shape. `source` is the shape with an address that its results name; `shown` and `turtle` are its path as text;
    `severity` is SHACL's or somebody's own. Shapes refer to each other by place, always to earlier ones.
    """

    node: str
    source: str
    severity: str
    path: Path | None = None
    shown: str = ""
    turtle: str = ""
    message: str = ""
    targets: Targets = Targets()
    constraints: tuple[Constraint, ...] = ()


class Plan(Struct, frozen=True, omit_defaults=True):
    """All shapes of a shapes graph, each with those that it refers to before it.

    `uncovered` are shapes with targets that the compiler leaves to pySHACL, each with the reason; `triples` is the
    shapes graph, where something is uncovered. `background` is what data may take for granted.
    """

    shapes: tuple[Shape, ...] = ()
    background: tuple[Triple, ...] = ()
    uncovered: tuple[tuple[str, str], ...] = ()
    triples: tuple[Triple, ...] = ()
