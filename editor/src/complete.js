// What can be typed next: variables of the query, prefixes, terms of the vocabulary with what they mean, sources.
import { syntaxTree } from "@codemirror/language";
import { element } from "./dom.js";

const WORDS = (
  "SELECT ASK CONSTRUCT DESCRIBE DISTINCT REDUCED WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND AS VALUES UNDEF " +
  "ORDER BY ASC DESC GROUP HAVING LIMIT OFFSET PREFIX BASE EXISTS NOT IN COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG " +
  "LANGMATCHES DATATYPE BOUND IRI COALESCE IF CONTAINS STRSTARTS STRENDS REGEX REPLACE LCASE UCASE STRLEN SUBSTR CONCAT YEAR " +
  "MONTH DAY isIRI isLiteral sameTerm"
).split(" ");

// Where in the grammar a place is: "text" for comments and strings, "verb" for predicates, "class" behind `a`.
function position(context) {
  for (let node = syntaxTree(context.state).resolveInner(context.pos, -1); node; node = node.parent) {
    if (/Comment|String|Langtag/.test(node.name)) return "text";
    if (/^(?:Verb|Path)/.test(node.name)) return "verb";
  }
  const before = context.state.sliceDoc(Math.max(0, context.pos - 200), context.pos);
  return /(?:^|[\s;.{\]])a\s+[\w:<-]*$/.test(before) ? "class" : "";
}

function info(term) {
  return () => {
    const kind = term.scheme ? `${term.kind} of ${term.scheme}` : term.kind;
    return element("div", {}, element("strong", {}, term.label || term.text), ` (${kind})`, element("p", {}, term.about));
  };
}

const ICON = { class: "class", property: "property", concept: "enum" };

function termOption(term, where) {
  const wanted = { verb: "property", class: "class" }[where];
  return {
    label: term.text.startsWith("<") ? term.label : term.text,
    apply: term.text,
    detail: term.text.startsWith("<") ? term.scheme : term.label,
    type: ICON[term.kind],
    info: info(term),
    boost: wanted === term.kind ? 40 : term.kind === "concept" ? -20 : 0,
  };
}

function sourceOptions(vocabulary) {
  return vocabulary.sources.flatMap(({ iri, label }) => {
    const name = iri.slice(iri.lastIndexOf("/") + 1);
    return [
      { label: `<${iri}>`, detail: label, type: "text" },
      { label: `<${vocabulary.base}graph/asserted/${name}>`, detail: `graph: what ${label || name} says`, type: "text" },
    ];
  });
}

export function variables(text) {
  return [...new Set(text.match(/[?$][A-Za-z_]\w*/g) ?? [])].sort();
}

export function completing(vocabulary) {
  const prefixes = Object.entries(vocabulary.prefixes);
  const sources = sourceOptions(vocabulary);
  const addresses = [
    ...vocabulary.terms.filter((term) => term.text.startsWith("<")).map((term) => ({ ...termOption(term, ""), label: term.text, apply: term.text })),
    ...sources,
  ];

  return (context) => {
    const where = position(context);
    if (where === "text") return null;
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) {
      const typed = variable.text;
      const names = variables(context.state.doc.toString()).filter((name) => name !== typed || context.explicit);
      return { from: variable.from, options: names.map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
    }
    const address = context.matchBefore(/<[^\s<>"{}|^`\\]*/);
    if (address) return { from: address.from, options: addresses, validFor: /^<[^\s<>]*$/ };
    const declared = context.matchBefore(/PREFIX\s+[\w-]*:?/i);
    if (declared) {
      const from = declared.from + /^PREFIX\s+/i.exec(declared.text)[0].length;
      return { from, options: prefixes.map(([name, iri]) => ({ label: `${name}:`, apply: `${name}: <${iri}>`, detail: iri, type: "namespace" })) };
    }
    const word = context.matchBefore(/[\w-]*:?[\w-]*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const options = [
      ...vocabulary.terms.map((term) => termOption(term, where)),
      ...prefixes.map(([name, iri]) => ({ label: `${name}:`, detail: iri, type: "namespace", boost: 10 })),
      ...WORDS.map((label) => ({ label, type: "keyword", boost: where ? -30 : 5 })),
    ];
    return { from: word.from, options, validFor: /^[\w-]*:?[\w-]*$/ };
  };
}
