// The page /query: the field, asking, and what comes of it.
import { ask, Refusal } from "./asking.js";
import { completing } from "./complete.js";
import { counted, element } from "./dom.js";
import { field } from "./field.js";
import { results } from "./results.js";
import { list, remember } from "./session.js";
import { Addresses } from "./terms.js";

const EMPTY = { base: "about:nothing", vocabulary: "about:nothing", prefixes: {}, terms: [], sources: [], sourcesLeftOut: 0 };
const at = (id) => document.getElementById(id);
const sentence = (text) => text && `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!…]$/.test(text) ? "" : "."}`;

async function json(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(address);
  return response.json();
}

// The query that the address has: behind # where it was shared from this page, else the server has put it into the field.
function given(text) {
  const shared = new URLSearchParams(window.location.hash.slice(1)).get("query");
  const asked = shared ?? new URLSearchParams(window.location.search).get("query");
  return { text: shared ?? text, asked: asked !== null && asked.trim() !== "" };
}

function share(query) {
  window.history.replaceState(null, "", `${window.location.pathname}#query=${encodeURIComponent(query)}`);
}

function say(message) {
  at("query-status").textContent = message;
}

function told(answer, seconds) {
  if (answer.kind === "truth") return `Answered in ${seconds}.`;
  const many = counted(answer.rows.length, answer.kind === "graph" ? "triple" : "row");
  if (answer.cut) return `Cut short (${answer.cut}): ${many} came in ${seconds}, and there may be more.`;
  return `${many} in ${seconds}.`;
}

class Page {
  #running = null;
  #examples = null;

  constructor(vocabulary) {
    const text = at("query-text");
    const begun = given(text.value);
    this.addresses = new Addresses(vocabulary);
    text.hidden = true;
    this.editor = field(at("query-editor"), begun.text, completing(vocabulary), {
      run: () => this.run(),
      changed: (whole) => { text.value = whole; },
    });
    text.value = begun.text;
    at("query-keys").hidden = at("query-share").hidden = false;
    if (window.matchMedia("(max-width: 56rem)").matches) at("query-questions").open = false;
    this.#listen();
    this.#list();
    if (begun.asked) this.run();
  }

  #listen() {
    at("query-label").addEventListener("click", (event) => { event.preventDefault(); this.editor.focus(); });
    at("query-form").addEventListener("submit", (event) => { event.preventDefault(); this.run(); });
    at("query-stop").addEventListener("click", () => this.#running?.abort());
    at("query-share").addEventListener("click", () => this.#copy());
    for (const link of document.querySelectorAll("[data-example]")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.#choose(link);
      });
    }
  }

  #list() {
    list(at("query-session"), at("query-history"), (query) => { this.editor.set(query); this.editor.focus(); });
  }

  async run() {
    const query = this.editor.get();
    this.#running?.abort();
    const mine = new AbortController();
    this.#running = mine;
    at("query-stop").hidden = false;
    this.editor.unmark();
    say("Asking …");
    remember(query);
    this.#list();
    const began = performance.now();
    const seconds = () => `${((performance.now() - began) / 1000).toFixed(2)} s`;
    try {
      const answer = await ask("sparql", query, mine.signal, (bytes) => say(`${Math.round(bytes / 1024).toLocaleString("en")} KiB …`));
      if (this.#running !== mine) return;
      share(query);
      say(told(answer, seconds()));
      results(at("query-results"), at("query-shown"), answer, query, this.addresses);
    } catch (error) {
      if (this.#running !== mine) return;
      if (error.name === "AbortError") say(`Stopped after ${seconds()}.`);
      else this.#refused(error);
    } finally {
      if (this.#running === mine) {
        this.#running = null;
        at("query-stop").hidden = true;
      }
    }
  }

  #refused(error) {
    const known = error instanceof Refusal ? error : new Refusal("the server cannot be reached", "is kg serve running?");
    say("Not answered.");
    at("query-results").hidden = false;
    const message = element("p", { class: "query-error", role: "alert" }, element("strong", {}, sentence(known.message)), ` ${sentence(known.hint)}`);
    at("query-shown").replaceChildren(message);
    this.editor.mark(known);
  }

  async #choose(link) {
    try {
      this.#examples ??= (await json("query/examples.json")).examples;
      this.editor.set(this.#examples.find((each) => each.name === link.dataset.example).query);
    } catch {
      window.location.href = link.href;
      return;
    }
    for (const each of document.querySelectorAll("[data-example]")) each.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    at("query-form").scrollIntoView({ block: "nearest" });
    this.run();
  }

  async #copy() {
    share(this.editor.get());
    try {
      await navigator.clipboard.writeText(window.location.href);
      say("The link is copied.");
    } catch {
      say("The link is in the address bar.");
    }
  }
}

json("query/vocabulary.json").then((vocabulary) => new Page(vocabulary), () => new Page(EMPTY));
