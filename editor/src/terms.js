// Terms as TSV and N-Triples write them (https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv,
// https://www.w3.org/TR/n-triples/), and how they are shown.

export const XSD = "http://www.w3.org/2001/XMLSchema#";
export const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
export const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const ESCAPED = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f", '"': '"', "'": "'", "\\": "\\" };
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const TERM = /<([^>]*)>|(_:[^\s]+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?/y;
// Control characters, those of the direction of writing among them: shown, and not obeyed.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function unescape(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs, (whole, short, long, one) =>
    short || long ? String.fromCodePoint(Number.parseInt(short ?? long, 16)) : (ESCAPED[one] ?? whole),
  );
}

// A term of `text` that begins at `place`: { kind: "iri" | "blank" | "literal", value, language, datatype, end }, or null.
export function termAt(text, place) {
  TERM.lastIndex = place;
  const found = TERM.exec(text);
  if (!found) return null;
  const [whole, iri, blank, literal, language, datatype] = found;
  const end = place + whole.length;
  if (iri !== undefined) return { kind: "iri", value: unescape(iri), end };
  if (blank !== undefined) return { kind: "blank", value: blank, end };
  return { kind: "literal", value: unescape(literal), language: language ?? "", datatype: datatype ?? `${XSD}string`, end };
}

// A cell of TSV; null for what is unbound.
export function cell(text) {
  if (!text) return null;
  const term = termAt(text, 0);
  if (term) return term;
  const kind = text === "true" || text === "false" ? "boolean" : /[eE]/.test(text) ? "double" : text.includes(".") ? "decimal" : "integer";
  return { kind: "literal", value: text, language: "", datatype: kind === "boolean" || NUMBER.test(text) ? XSD + kind : `${XSD}string` };
}

// The three terms of a line of N-Triples, or null.
export function triple(line) {
  const terms = [];
  let place = 0;
  for (let number = 0; number < 3; number += 1) {
    while (line[place] === " " || line[place] === "\t") place += 1;
    const term = termAt(line, place);
    if (!term) return null;
    terms.push(term);
    place = term.end;
  }
  return terms;
}

export const isNumber = (term) =>
  term.kind === "literal" && ["integer", "decimal", "double", "float"].some((each) => term.datatype === XSD + each);

// One string for equal terms.
export const key = (term) => `${term.kind} ${term.value} ${term.language ?? ""} ${term.datatype ?? ""}`;

export const visible = (text) =>
  text.replace(UNSEEN, (char) => `[U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);

// What is shown of addresses: short, and led to pages of this server where they are of the dataset or the vocabulary.
export class Addresses {
  constructor(vocabulary) {
    this.base = vocabulary.base;
    this.ours = vocabulary.vocabulary;
    this.starts = Object.entries(vocabulary.prefixes).sort((one, other) => other[1].length - one[1].length);
    this.concepts = new Map();
    for (const term of vocabulary.terms) {
      if (term.kind === "concept" && term.text.startsWith("<")) this.concepts.set(term.text.slice(1, -1), term.label);
    }
  }

  short(iri) {
    const concept = this.concepts.get(iri);
    if (concept) return concept;
    for (const [name, start] of this.starts) {
      if (iri.startsWith(start) && iri.length > start.length) return `${name}:${iri.slice(start.length)}`;
    }
    return iri;
  }

  // Where a link leads; "" for an address that no link may lead to.
  href(iri) {
    if (iri.startsWith(this.base) || iri.startsWith(this.ours)) return `./?iri=${encodeURIComponent(iri)}`;
    return /^https?:\/\/[^\s<>"'\\^`{|}]+$/i.test(iri) ? iri : "";
  }

  text(term) {
    return visible(term.kind === "iri" ? this.short(term.value) : term.value);
  }

  // What stands behind a literal: its language, or its datatype if that is not just text.
  tag(term) {
    if (term.kind !== "literal") return "";
    if (term.language) return term.language;
    return term.datatype === `${XSD}string` ? "" : this.short(term.datatype);
  }
}
