// What was asked in this tab, newest first. A browser may refuse to keep anything: then nothing is kept.
import { element } from "./dom.js";

const HELD = "onrecord-queries";
const MOST = 20;
const LONGEST = 80;

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(HELD) ?? "[]");
  } catch {
    return [];
  }
}

export function remember(query) {
  try {
    sessionStorage.setItem(HELD, JSON.stringify([query, ...remembered().filter((each) => each !== query)].slice(0, MOST)));
  } catch {
    // as above
  }
}

// What a query is called in the list: its first comment, else how it begins.
export function titled(query) {
  const comment = /^\s*#\s*(\S.*)/.exec(query);
  const body = query.replace(/^\s*(?:#.*|PREFIX\s.*)$/gim, " ").replace(/\s+/g, " ").trim();
  const title = comment?.[1] ?? body;
  return title.length > LONGEST ? `${title.slice(0, LONGEST - 1)}…` : title;
}

// Fills `list`, which stands in `section`; `choose` is called with a query that is chosen.
export function list(section, place, choose) {
  const held = remembered();
  section.hidden = !held.length;
  place.replaceChildren(
    ...held.map((query) => {
      const button = element("button", { type: "button" }, titled(query));
      button.addEventListener("click", () => choose(query));
      return element("li", {}, button);
    }),
  );
}
