// Rows with dates on a line. What a source leaves open is as wide as it leaves it: no date is drawn that it does not give.
import { counted, drawn, element } from "./dom.js";
import { DATED, dayNumber, days } from "./edtf.js";
import { visible } from "./terms.js";

export const MOST = 150;
const LINE = 20;
const NAMING = /^(?:label|name|title)$/i;
const BOUND = /^(.*?)(earliest)$/i;

const isDate = (term) => term?.kind === "literal" && DATED.has(term.datatype);

// The columns that hold dates: { name, at(row) → { days, text } | null, has(row) }. Two columns `earliest` and `latest`, or
// `startEarliest` and `startLatest`, are the bounds of one date that is not known better: they are one column.
export function datedColumns({ heads, rows }) {
  const dated = heads.map((head, number) => ({ head, number })).filter(({ number }) => rows.some((row) => isDate(row[number])));
  const taken = new Set();
  const columns = [];
  for (const { head, number } of dated) {
    const bound = BOUND.exec(head);
    const other = bound && dated.find((each) => each.head.toLowerCase() === `${bound[1]}latest`.toLowerCase());
    if (other) {
      taken.add(other.number);
      columns.push({ name: `${head} to ${other.head}`, at: (row) => between(row[number], row[other.number]), number });
    } else if (!taken.has(number)) {
      columns.push({ name: head, at: (row) => single(row[number]), number });
    }
  }
  return columns.filter(({ number }) => !taken.has(number)).slice(0, 4);
}

function single(term) {
  if (!isDate(term)) return null;
  return { days: days(term.value), text: visible(term.value) };
}

function between(early, late) {
  const [one, other] = [early, late].map((term) => (isDate(term) ? days(term.value) : null));
  if (!one && !other) return null;
  const text = `${one ? visible(early.value) : "…"} to ${other ? visible(late.value) : "…"}`;
  const same = one && other && one.first === other.last;
  return { days: { first: one?.first ?? null, last: other?.last ?? null, about: !same, openStart: !one, openEnd: !other }, text: same ? visible(early.value) : text };
}

// What a row is called: by a column of that name, else by what comes first and is no date; and where its first address leads.
function named(row, heads, addresses) {
  const text = row[heads.findIndex((head) => NAMING.test(head))] ?? row.find((term) => term && !isDate(term));
  const iri = row.find((term) => term?.kind === "iri" && addresses.href(term.value));
  return { text: text ? addresses.text(text) : "", href: iri ? addresses.href(iri.value) : "" };
}

export function timeline(answer, addresses) {
  const columns = datedColumns(answer);
  const lines = answer.rows.map((row) => ({ ...named(row, answer.heads, addresses), marks: columns.map((column) => column.at(row)) }));
  const dated = lines.filter(({ marks }) => marks.some((mark) => mark?.days));
  const there = [...new Map(dated.map((line) => [JSON.stringify(line), line])).values()]; // what looks alike is drawn once
  const start = ({ marks }) => Math.min(...marks.filter((mark) => mark?.days).map(({ days: { first, last } }) => first ?? last));
  there.sort((one, other) => start(one) - start(other));
  const odd = [...new Set(lines.flatMap(({ marks }) => marks.filter((mark) => mark && !mark.days).map((mark) => mark.text)))];
  const place = element("div", { class: "drawing", tabindex: "0", role: "region", "aria-label": "Time line" });
  const notes = [
    there.length > MOST ? `The earliest ${MOST} of ${counted(there.length, "line")} are drawn.` : "",
    dated.length > there.length ? `${counted(dated.length, "row")} in ${counted(there.length, "line")}: those that look alike are drawn once.` : "",
    lines.length > dated.length ? `${counted(lines.length - dated.length, "row")} without a date that can be drawn: see the table.` : "",
    odd.length ? `Not drawn, because they cannot be: ${odd.slice(0, 5).join(", ")}${odd.length > 5 ? " …" : ""}.` : "",
  ].filter(Boolean);
  // Drawn once it is on the page, whose width it takes.
  queueMicrotask(() => place.append(picture(there.slice(0, MOST), columns, place.clientWidth || 700)));
  return element("div", {}, legend(columns), ...notes.map((note) => element("p", { class: "note" }, note)), place);
}

function legend(columns) {
  const names = columns.map(({ name }, number) => element("li", { class: "drawing" }, key(number), ` ${name}`));
  return element(
    "div",
    { class: "legend" },
    element("ul", { class: "inline" }, ...names),
    element("p", { class: "note" }, "A day is a thick stroke. What is vaguer is a pale bar over all the days that it leaves open, with a broken edge where the source is not sure of it; an end that is open or not known has an arrow. Dates are written as they are in the data."),
  );
}

function key(number) {
  const mark = drawn("g", { class: `column-${number}` }, drawn("rect", { class: "day", x: 4, y: 2, width: 4, height: 12 }));
  return drawn("svg", { width: 12, height: 16, "aria-hidden": "true" }, mark);
}

function picture(lines, columns, width) {
  const ends = lines.flatMap(({ marks }) => marks.filter((mark) => mark?.days).flatMap(({ days: { first, last } }) => [first, last])).filter((day) => day !== null);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const margin = Math.max(20, (most - least) * 0.04);
  const narrow = width < 640;
  const left = narrow ? 8 : Math.min(300, width * 0.3);
  const right = width - 16;
  const scale = (day) => left + ((day - least + margin) / (most - least + 2 * margin)) * (right - left);
  const size = LINE * columns.length + (narrow ? 20 : 8);
  const height = 30 + lines.length * size + 6;
  const svg = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `${counted(lines.length, "row")} on a time line` });
  svg.append(...axis(least - margin, most + margin, scale, height, right - left));
  lines.forEach((line, number) => {
    const top = 30 + number * size;
    svg.append(drawn("path", { class: "line", d: `M0 ${top}H${width}` }), label(line, top, narrow, left));
    line.marks.forEach((mark, column) => {
      if (mark?.days) svg.append(drawnMark(mark, column, scale, top + (narrow ? 18 : 4) + column * LINE, left, right));
    });
  });
  return svg;
}

function label({ text, href }, top, narrow, left) {
  const most = Math.floor((narrow ? 330 : left - 12) / 6.4);
  const short = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  const made = drawn("text", { x: 0, y: top + 16 }, short, drawn("title", {}, text));
  return href ? drawn("a", { href }, made) : made;
}

// A mark, and beside it the date as it is written.
function drawnMark({ days: each, text }, column, scale, top, left, right) {
  const from = each.first === null ? left : scale(each.first);
  const to = each.last === null ? right : scale(each.last + 1);
  const isDay = each.first !== null && each.first === each.last && !each.about;
  const group = drawn("g", { class: `column-${column}` }, drawn("title", {}, text));
  if (isDay) group.append(drawn("rect", { class: "day", x: (from + to) / 2 - 2, y: top, width: 4, height: 14 }));
  else {
    const open = each.openStart || each.openEnd;
    const look = ["span", each.about ? "about" : "", open ? "open" : ""].filter(Boolean).join(" ");
    group.append(drawn("rect", { class: look, x: from, y: top + 1, width: Math.max(5, to - from), height: 12 }));
    if (each.openStart) group.append(drawn("path", { class: "arrow", d: `M${from} ${top + 7}l7 -5v10z` }));
    if (each.openEnd) group.append(drawn("path", { class: "arrow", d: `M${to} ${top + 7}l-7 -5v10z` }));
  }
  const room = 7 * text.length + 8;
  const [x, anchor] = to + room < right + 16 ? [to + 6, "start"] : from - room > left ? [from - 6, "end"] : [(from + to) / 2, "middle"];
  group.append(drawn("text", { class: "halo", x, y: top + 12, "text-anchor": anchor }, text));
  return group;
}

function axis(first, last, scale, height, width) {
  const most = Math.max(2, Math.floor(width / 70));
  const months = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000].find((step) => (last - first) / 30.4 / step <= most) ?? 120000;
  const year = new Date(first * 86_400_000).getUTCFullYear();
  const made = [];
  for (let month = Math.floor((year * 12) / months) * months; ; month += months) {
    const day = dayNumber(Math.floor(month / 12), (month % 12) + 1, 1);
    if (day > last) return made;
    if (day < first) continue;
    const x = scale(day);
    const text = months < 12 ? `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}` : String(month / 12);
    made.push(drawn("path", { class: "axis", d: `M${x} 22V${height}` }), drawn("text", { class: "soft", x, y: 15, "text-anchor": "middle" }, text));
  }
}
