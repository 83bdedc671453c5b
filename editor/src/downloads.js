// The answer in a file, from the endpoint: links, or a form where the query is too long for an address.
import { element } from "./dom.js";

const ROWS = [["csv", "CSV", "csv"], ["tsv", "TSV", "tsv"], ["json", "JSON", "srj"], ["xml", "XML", "srx"]];
const GRAPHS = [
  ["ttl", "Turtle", "ttl"],
  ["jsonld", "JSON-LD", "jsonld"],
  ["nt", "N-Triples", "nt"],
  ["rdfxml", "RDF/XML", "rdf"],
  ["trig", "TriG", "trig"],
  ["nq", "N-Quads", "nq"],
];
const LONGEST = 6000;

export function downloads(answer, query) {
  const formats = answer.kind === "graph" ? GRAPHS : answer.kind === "truth" ? ROWS.slice(2) : ROWS;
  const encoded = encodeURIComponent(query);
  const made =
    encoded.length <= LONGEST
      ? element("ul", { class: "inline" }, ...formats.map(([form, name, ending]) =>
          element("li", {}, element("a", { href: `sparql?query=${encoded}&format=${form}`, download: `answer.${ending}` }, name))))
      : element("form", { class: "downloads", action: "sparql", method: "post" },
          element("input", { type: "hidden", name: "query", value: query }),
          ...formats.flatMap(([form, name]) => [element("button", { name: "format", value: form }, name), " "]));
  return element("div", {}, element("p", {}, "The query is asked again, and its whole answer comes as a file:"), made);
}
