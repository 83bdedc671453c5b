// The page /query: the field, asking, and what comes of it.
import { ask, Refusal } from "./asking.js";
import { completing } from "./complete.js";
import { counted, element } from "./dom.js";
import { field } from "./field.js";
import { results } from "./results.js";
import { Addresses } from "./terms.js";

const HELD = "onrecord-queries";
const MOST_HELD = 20;
const LONGEST = 80;
const at = (id) => document.getElementById(id);
const EMPTY = { base: "about:nothing", vocabulary: "about:nothing", prefixes: {}, terms: [], sources: [], sourcesLeftOut: 0 };

async function json(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(address);
  return response.json();
}

// What was asked in this tab, newest first. A browser may refuse to keep anything: then nothing is kept.
function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(HELD) ?? "[]");
  } catch {
    return [];
  }
}

function remember(query) {
  try {
    sessionStorage.setItem(HELD, JSON.stringify([query, ...remembered().filter((each) => each !== query)].slice(0, MOST_HELD)));
  } catch {
    // as above
  }
}

const titled = (query) => {
  const comment = /^\s*#\s*(\S.*)/.exec(query);
  const body = query.replace(/^\s*(?:#.*|PREFIX\s.*)$/gim, " ").replace(/\s+/g, " ").trim();
  const title = comment?.[1] ?? body;
  return title.length > LONGEST ? `${title.slice(0, LONGEST - 1)}…` : title;
};

// The query that the address has: behind # where it was shared from this page, else the server has put it into the field.
function given(text) {
  const shared = new URLSearchParams(window.location.hash.slice(1)).get("query");
  const asked = shared ?? new URLSearchParams(window.location.search).get("query");
  return { text: shared ?? text, asked: asked !== null && asked.trim() !== "" };
}

function share(query) {
  window.history.replaceState(null, "", `${window.location.pathname}#query=${encodeURIComponent(query)}`);
}

function start(vocabulary) {
  const addresses = new Addresses(vocabulary);
  const text = at("query-text");
  const begun = given(text.value);
  let running = null;
  let examples = null;
  text.hidden = true;
  const editor = field(at("query-editor"), begun.text, completing(vocabulary), {
    run,
    changed: (whole) => { text.value = whole; },
  });
  at("query-label").addEventListener("click", (event) => { event.preventDefault(); editor.focus(); });
  at("query-keys").hidden = false;
  at("query-share").hidden = false;

  function say(message) {
    at("query-status").textContent = message;
  }

  async function run() {
    const query = editor.get();
    running?.abort();
    const mine = new AbortController();
    running = mine;
    at("query-stop").hidden = false;
    editor.unmark();
    say("Asking …");
    const began = performance.now();
    const seconds = () => `${((performance.now() - began) / 1000).toFixed(2)} s`;
    remember(query);
    history();
    try {
      const answer = await ask("sparql", query, mine.signal, (bytes) => say(`${Math.round(bytes / 1024).toLocaleString("en")} KiB …`));
      if (running !== mine) return;
      share(query);
      say(told(answer, seconds()));
      results(at("query-results"), at("query-shown"), answer, query, addresses);
    } catch (error) {
      if (running !== mine) return;
      if (error.name === "AbortError") say(`Stopped after ${seconds()}.`);
      else refused(error);
    } finally {
      if (running === mine) {
        running = null;
        at("query-stop").hidden = true;
      }
    }
  }

  function refused(error) {
    const known = error instanceof Refusal ? error : new Refusal("the server cannot be reached", "is kg serve running?");
    say("Not answered.");
    const message = known.message.charAt(0).toUpperCase() + known.message.slice(1);
    const hint = known.hint ? ` ${known.hint.charAt(0).toUpperCase()}${known.hint.slice(1)}.` : "";
    at("query-results").hidden = false;
    at("query-shown").replaceChildren(element("p", { class: "query-error", role: "alert" }, element("strong", {}, `${message}.`), hint));
    editor.mark(known);
  }

  function history() {
    const held = remembered();
    at("query-session").hidden = !held.length;
    at("query-history").replaceChildren(
      ...held.map((query) => {
        const button = element("button", { type: "button" }, titled(query));
        button.addEventListener("click", () => { editor.set(query); editor.focus(); });
        return element("li", {}, button);
      }),
    );
  }

  async function choose(link) {
    try {
      examples ??= (await json("query/examples.json")).examples;
      const found = examples.find((each) => each.name === link.dataset.example);
      editor.set(found.query);
      for (const each of document.querySelectorAll("[data-example]")) each.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      run();
      at("query-form").scrollIntoView({ block: "nearest" });
    } catch {
      window.location.href = link.href;
    }
  }

  at("query-form").addEventListener("submit", (event) => { event.preventDefault(); run(); });
  at("query-stop").addEventListener("click", () => running?.abort());
  at("query-share").addEventListener("click", async () => {
    share(editor.get());
    try {
      await navigator.clipboard.writeText(window.location.href);
      say("The link is copied.");
    } catch {
      say("The link is in the address bar.");
    }
  });
  for (const link of document.querySelectorAll("[data-example]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(link);
    });
  }
  if (window.matchMedia("(max-width: 56rem)").matches) at("query-questions").open = false;
  history();
  if (begun.asked) run();
}

function told(answer, seconds) {
  if (answer.kind === "truth") return `Answered in ${seconds}.`;
  const many = counted(answer.rows.length, answer.kind === "graph" ? "triple" : "row");
  if (answer.cut) return `Cut short (${answer.cut}): ${many} came in ${seconds}, and there may be more.`;
  return `${many} in ${seconds}.`;
}

json("query/vocabulary.json").then(start, () => start(EMPTY));
