// Rows as a table that is sorted by its columns.
import { counted, element, shown } from "./dom.js";
import { isNumber } from "./terms.js";

export const MOST = 1000;
const LONG = 50;
const collator = new Intl.Collator("en", { numeric: true });

// Rows in the order of a column; what is unbound comes last, and what is equal stays as it came.
export function sorted(rows, column, down) {
  const sign = down ? -1 : 1;
  return rows
    .map((row, place) => ({ row, place, term: row[column] }))
    .sort((one, other) => {
      if (!one.term || !other.term) return (one.term ? 0 : 1) - (other.term ? 0 : 1) || one.place - other.place;
      const order =
        isNumber(one.term) && isNumber(other.term)
          ? Number(one.term.value) - Number(other.term.value)
          : collator.compare(one.term.value, other.term.value);
      return sign * order || one.place - other.place;
    })
    .map((each) => each.row);
}

function look(term) {
  if (!term || term.kind === "blank") return "";
  if (term.kind === "iri") return "address";
  return isNumber(term) ? "number" : term.value.length > LONG ? "long" : "";
}

// The language or datatype that all literals of a column have: it is told once, at its head.
function tagOf(rows, column, addresses) {
  const tags = new Set(rows.map((row) => row[column]).filter((term) => term?.kind === "literal").map((term) => addresses.tag(term)));
  return tags.size === 1 ? [...tags][0] : "";
}

export function table({ heads, rows }, addresses) {
  const body = element("tbody");
  const tags = heads.map((_, column) => tagOf(rows, column, addresses));
  const buttons = heads.map((head) => element("button", { type: "button" }, head));
  const cells = buttons.map((button, column) =>
    element("th", { scope: "col", "aria-sort": "none" }, button, tags[column] ? element("span", { class: "tag" }, tags[column]) : null),
  );
  const fill = (held) => {
    body.replaceChildren(
      ...held.slice(0, MOST).map((row) =>
        element("tr", {}, ...heads.map((_, column) => {
          const term = row[column] ?? null;
          return element("td", { class: look(term) }, shown(term, addresses, tags[column]));
        })),
      ),
    );
  };
  buttons.forEach((button, column) => {
    button.addEventListener("click", () => {
      const down = cells[column].getAttribute("aria-sort") === "ascending";
      for (const each of cells) each.setAttribute("aria-sort", "none");
      cells[column].setAttribute("aria-sort", down ? "descending" : "ascending");
      fill(sorted(rows, column, down));
    });
  });
  fill(rows);
  const made = element("table", { class: "answer" }, element("thead", {}, element("tr", {}, ...cells)), body);
  const more = rows.length - MOST;
  return element(
    "div",
    {},
    more > 0 ? element("p", { class: "note more" }, `The first ${counted(MOST, "row")} are shown, in the order that is chosen; ${more.toLocaleString("en")} more: download the answer.`) : null,
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of the answer" }, made),
  );
}
