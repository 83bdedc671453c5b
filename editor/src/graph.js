// Triples as nodes and edges. The layout begins the same each time and takes a fixed number of steps: the same answer has
// the same picture.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { counted, drawn, element } from "./dom.js";
import { key, LABEL, TYPE } from "./terms.js";

export const MOST = 120;
const STEPS = 300;
const LABELED = 60;
const LONGEST = 30;
const WIDER = 1.7;
const SHAPES = [["s", "p", "o"], ["subject", "predicate", "object"]];

// The triples of an answer, or null where it has none: those of a graph, and rows with ?s ?p ?o.
export function edges({ heads, rows }) {
  const names = SHAPES.find((shape) => shape.every((name) => heads.includes(name)));
  if (!names) return null;
  const places = names.map((name) => heads.indexOf(name));
  const found = rows.map((row) => places.map((place) => row[place])).filter((triple) => triple.every(Boolean));
  return found.length ? found : null;
}

// What is drawn: { nodes, links, left }. Labels name nodes and are no edges; values and classes are drawn on demand.
export function network(triples, { values, classes }) {
  const names = new Map();
  for (const [subject, predicate, object] of triples) {
    if (predicate.value === LABEL && (!names.has(key(subject)) || object.language === "en")) names.set(key(subject), object.value);
  }
  const nodes = new Map();
  const links = new Map();
  const left = { things: new Set(), values: 0, classes: 0 };
  const node = (term) => {
    const id = key(term);
    if (!nodes.has(id) && nodes.size >= MOST) left.things.add(id);
    else if (!nodes.has(id)) nodes.set(id, { id, term, name: names.get(id) ?? null });
    return nodes.get(id);
  };
  for (const [subject, predicate, object] of triples) {
    if (predicate.value === LABEL) continue;
    if (object.kind === "literal" && !values) left.values += 1;
    else if (predicate.value === TYPE && !classes) left.classes += 1;
    else {
      const [from, to] = [node(subject), node(object)];
      const id = `${key(subject)}\n${key(object)}`;
      if (!from || !to) continue;
      if (!links.has(id)) links.set(id, { source: from.id, target: to.id, predicates: [] });
      links.get(id).predicates.push(predicate);
    }
  }
  return { nodes: [...nodes.values()], links: [...links.values()], left: { ...left, things: left.things.size } };
}

// Whether the picture says anything: whether there are relations between things.
export function isNetwork(answer) {
  const triples = edges(answer);
  return triples !== null && network(triples, {}).links.length > 0;
}

export function layout({ nodes, links }) {
  const few = nodes.length < 25;
  forceSimulation(nodes)
    .force("link", forceLink(links).id((each) => each.id).distance(few ? 130 : 90))
    .force("charge", forceManyBody().strength(few ? -900 : -320))
    .force("x", forceX().strength(0.05))
    .force("y", forceY().strength(0.09))
    .force("collide", forceCollide(30))
    .stop()
    .tick(STEPS);
  for (const node of nodes) node.x *= WIDER; // names are wide, and not high
}

export function graph(answer, addresses) {
  const triples = edges(answer);
  const place = element("div", { class: "drawing", tabindex: "0", role: "region", "aria-label": "Picture of the graph" });
  const told = element("p", { class: "note" });
  const shows = { values: false, classes: false };
  if (!isNetwork(answer)) shows.values = shows.classes = true;
  const draw = () => {
    const net = network(triples, shows);
    told.textContent = saying(net);
    place.hidden = !net.nodes.length;
    if (place.hidden) return;
    layout(net);
    place.replaceChildren(picture(net, addresses, place.clientWidth || 700));
    place.scrollTo((place.scrollWidth - place.clientWidth) / 2, (place.scrollHeight - place.clientHeight) / 2);
  };
  const box = (name, text) => {
    const input = element("input", { type: "checkbox", checked: shows[name] });
    input.addEventListener("change", () => { shows[name] = input.checked; draw(); });
    return element("label", {}, input, ` ${text}`);
  };
  queueMicrotask(draw); // once it is on the page, whose width it takes
  return element("div", {}, element("div", { class: "options" }, box("values", "Values"), box("classes", "Classes")), told, place);
}

function saying({ nodes, links, left }) {
  if (!nodes.length) return "There is no relation to draw: the table has all.";
  const out = [left.values ? counted(left.values, "value") : "", left.classes ? `${left.classes.toLocaleString("en")} class${left.classes === 1 ? "" : "es"}` : ""].filter(Boolean);
  const more = left.things ? ` ${counted(left.things, "thing")} more that cannot be drawn clearly: ask for less at a time, or see the table.` : "";
  return `${counted(nodes.length, "thing")} and ${counted(links.length, "relation")}${out.length ? `; ${out.join(" and ")} left out` : ""}.${more}`;
}

function picture({ nodes, links }, addresses, width) {
  const across = nodes.map((node) => node.x);
  const down = nodes.map((node) => node.y);
  const [left, top] = [Math.min(...across) - 100, Math.min(...down) - 30];
  const size = [Math.max(...across) + 100 - left, Math.max(...down) + 40 - top];
  const scale = Math.min(1, Math.max(0.7, width / size[0]));
  const svg = drawn("svg", {
    class: "network",
    viewBox: [left, top, ...size].map(Math.round).join(" "),
    width: Math.round(size[0] * scale),
    height: Math.round(size[1] * scale),
    role: "group",
    "aria-label": `${counted(nodes.length, "thing")} and ${counted(links.length, "relation")}: the table has the same`,
  });
  for (const link of links) svg.append(edge(link));
  if (links.length <= LABELED) for (const link of links) svg.append(edgeName(link, addresses));
  for (const node of nodes) svg.append(drawnNode(node, addresses));
  return svg;
}

const round = (number) => Math.round(number * 10) / 10;

function edge({ source, target }) {
  if (source === target) return drawn("circle", { class: "edge", cx: round(source.x), cy: round(source.y - 12), r: 12 });
  const [x, y] = [target.x - source.x, target.y - source.y];
  const long = Math.hypot(x, y) || 1;
  const [ux, uy] = [x / long, y / long];
  const end = [target.x - ux * 9, target.y - uy * 9];
  const tip = `M${round(end[0])} ${round(end[1])}L${round(end[0] - ux * 8 - uy * 4)} ${round(end[1] - uy * 8 + ux * 4)}L${round(end[0] - ux * 8 + uy * 4)} ${round(end[1] - uy * 8 - ux * 4)}Z`;
  const line = drawn("path", { class: "edge", d: `M${round(source.x)} ${round(source.y)}L${round(end[0])} ${round(end[1])}` });
  return drawn("g", {}, line, drawn("path", { class: "tip", d: tip }));
}

function edgeName({ source, target, predicates }, addresses) {
  const text = predicates.map((each) => addresses.text(each)).join(", ");
  const along = 0.58; // nearer to what it leads to: many edges may come from one thing
  const y = source.y + (target.y - source.y) * along - (source === target ? 28 : 0);
  const place = { x: round(source.x + (target.x - source.x) * along), y: round(y) };
  return drawn("text", { class: "soft halo", ...place, "text-anchor": "middle" }, short(text), drawn("title", {}, text));
}

const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

function drawnNode({ x, y, term, name }, addresses) {
  const text = name ?? (term.kind === "iri" ? addresses.text(term).split("/").slice(-2).join("/") : addresses.text(term));
  const href = term.kind === "iri" ? addresses.href(term.value) : "";
  const dot = drawn("circle", { class: term.kind === "literal" ? "node value" : "node", cx: round(x), cy: round(y), r: 5 });
  const label = drawn("text", { class: "halo", x: round(x), y: round(y + 19), "text-anchor": "middle" }, short(text));
  const inner = [drawn("title", {}, term.kind === "iri" ? `${text}: ${term.value}` : text), dot, label];
  return href ? drawn("a", { href }, ...inner) : drawn("g", {}, ...inner);
}
