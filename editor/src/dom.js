// Elements, made without markup: no text of an answer can become any.
const SVG = "http://www.w3.org/2000/svg";

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== "") made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export const element = (tag, attributes = {}, ...children) => filled(document.createElement(tag), attributes, children);
export const drawn = (tag, attributes = {}, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);

// A number with its noun: 1 row, 2,000 rows.
export const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

// A term as it stands in a table or a list; `known` is the language or datatype that is told elsewhere.
export function shown(term, addresses, known = "") {
  if (term === null) return document.createTextNode("");
  const text = element("bdi", { lang: term.language }, addresses.text(term));
  const tag = addresses.tag(term);
  const href = term.kind === "iri" ? addresses.href(term.value) : "";
  const place = document.createDocumentFragment();
  if (href) place.append(element("a", { href, rel: href.startsWith("http") ? "noreferrer" : "", title: term.value }, text));
  else place.append(text);
  if (tag && tag !== known) place.append(" ", element("span", { class: "tag" }, tag));
  return place;
}
