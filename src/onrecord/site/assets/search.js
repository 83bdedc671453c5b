// Search as you type, in files beside the pages (site/search.py says how they are made). Nothing is sent anywhere.
"use strict";

(function () {
  const SHOWN = 10;
  const MOST = 200;
  const SOMEBODY = /(^|\/)(organization|person|entry)\//;

  // ── Finding ───────────────────────────────────────────────────────────────────────────────────────────────────

  // The words of a text in plain letters, as the names in the files have been folded.
  function fold(text, letters) {
    let plain = "";
    for (const char of text.normalize("NFKC")) {
      plain += char < "\u0080" ? char : letters[char] ?? "";
    }
    return plain.toLowerCase().replace(/['`]/g, "").split(/[^a-z0-9]+/).filter(Boolean);
  }

  function fileOf(prefix) {
    return `q-${prefix.replaceAll(" ", "_")}.json`;
  }

  // The file with the names that begin so, from the shortest beginning on.
  async function descend(key, load) {
    let depth = 1;
    let file = await load(fileOf(key.slice(0, depth)));
    while (!file.whole && depth < key.length) {
      if (!file.further.includes(key[depth])) return { whole: true, pages: [], names: [] };
      depth += 1;
      file = await load(fileOf(key.slice(0, depth)));
    }
    return file;
  }

  // A file that has all that is looked for, if there is one; else those that have the best of it.
  async function gather(words, load) {
    const longest = [...words].sort((one, other) => other.length - one.length);
    for (const word of longest) {
      const file = await descend(word, load);
      if (file.whole) return { files: [file], whole: true };
      if (words.length === 1) return { files: [file], whole: false };
    }
    const files = [];
    for (let turn = 0; turn < words.length; turn += 1) {
      files.push(await descend([...words.slice(turn), ...words.slice(0, turn)].join(" "), load));
      files.push(await descend(words[turn], load));
    }
    return { files, whole: false };
  }

  // What is found: { found: [{ label, path, kind, name }], whole }, the best first. `load` gives a file by its name.
  async function find(text, load) {
    const ascii = /^[\u0000-\u007f]*$/.test(text);
    const words = fold(text, ascii ? {} : await load("letters.json"));
    if (!words.length) return { found: [], whole: true };
    const { files, whole } = await gather(words, load);
    const wanted = words.join(" ");
    const best = new Map();
    for (const file of files) {
      for (const [page, own, plain] of file.names) {
        const [label, path, kind] = file.pages[page];
        const name = own || label;
        const folded = plain ? plain.split(" ") : fold(name, {});
        if (!words.every((word) => folded.some((each) => each.startsWith(word)))) continue;
        const joined = folded.join(" ");
        const score = joined === wanted ? 0 : joined.startsWith(wanted) ? 1 : folded[0].startsWith(words[0]) ? 2 : 3;
        const held = best.get(path);
        if (!held || score < held.score) best.set(path, { label, path, kind, name, score });
      }
    }
    const found = [...best.values()].sort((one, other) => one.score - other.score);
    return { found, whole };
  }

  if (typeof module !== "undefined") module.exports = { fold, find };
  if (typeof document === "undefined") return;

  // ── The field: a combobox with a list (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/) ───────────────────────

  function loader(root) {
    const held = new Map();
    return (name) => {
      if (!held.has(name)) {
        const asked = fetch(`${root}search/${name}`).then((answer) => {
          if (!answer.ok) throw new Error(name);
          return answer.json();
        });
        asked.catch(() => held.delete(name));
        held.set(name, asked);
      }
      return held.get(name);
    };
  }

  function element(tag, text, name) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  }

  function describe(place, one) {
    place.append(element("bdi", one.label, "search-label"));
    if (one.name !== one.label) place.append(" ", element("bdi", one.name, "search-name"));
    place.append(" ", element("span", one.kind, "search-kind"));
  }

  function told(result, shown) {
    const count = result.found.length;
    if (!count) return "No name begins like this. That is no evidence that there is nobody of this name.";
    const many = result.whole ? `${count}` : `More than ${count}`;
    return `${many} found${count > shown ? `, the first ${shown} shown` : ""}.`;
  }

  function start(form) {
    const root = form.dataset.search;
    const field = form.querySelector("input");
    const list = form.querySelector("[role=listbox]");
    const status = form.querySelector("[role=status]");
    const results = form.dataset.results ? document.getElementById(form.dataset.results) : null;
    const picks = "pick" in form.dataset; // somebody is chosen for the field, and no page opened
    const load = loader(root);
    let options = [];
    let active = -1;
    let asked = 0;

    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");

    function close() {
      list.hidden = true;
      active = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }

    function activate(number) {
      if (options[active]) options[active].setAttribute("aria-selected", "false");
      active = number;
      if (!options[active]) return field.removeAttribute("aria-activedescendant");
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", options[active].id);
    }

    function open(option) {
      if (!picks) {
        window.location.href = root + option.dataset.path;
        return;
      }
      field.value = option.dataset.path.replace(/\.html$/, "");
      close();
      status.textContent = "";
    }

    function show(result) {
      list.replaceChildren();
      options = result.found.slice(0, SHOWN).map((one, number) => {
        const option = element("li");
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.path = one.path;
        describe(option, one);
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => open(option));
        list.append(option);
        return option;
      });
      active = -1;
      field.removeAttribute("aria-activedescendant");
      list.hidden = !options.length;
      field.setAttribute("aria-expanded", String(options.length > 0));
    }

    // A server that has not prepared the files yet is asked itself.
    async function ask(text, error) {
      if (!form.dataset.ask) throw error;
      const answer = await fetch(`${form.dataset.ask}?q=${encodeURIComponent(text)}`);
      if (!answer.ok) throw error;
      return answer.json();
    }

    async function search(whole) {
      const number = (asked += 1);
      const text = field.value;
      if (!text.trim()) {
        close();
        status.textContent = "";
        return;
      }
      try {
        const result = await find(text, load).catch((error) => ask(text, error));
        if (number !== asked) return;
        if (picks) result.found = result.found.filter((one) => SOMEBODY.test(one.path));
        if (whole) list_all(result);
        else show(result);
        status.textContent = told(result, whole ? MOST : SHOWN);
      } catch {
        if (number !== asked) return;
        close();
        status.textContent = "The search needs these pages to come from a web server; the index pages hold every name.";
      }
    }

    function list_all(result) {
      close();
      results.replaceChildren();
      for (const one of result.found.slice(0, MOST)) {
        const link = element("a");
        link.href = root + one.path;
        describe(link, one);
        const item = element("li");
        item.append(link);
        results.append(item);
      }
    }

    field.addEventListener("input", () => search(false));
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      const count = options.length;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
        event.preventDefault();
        if (list.hidden) {
          list.hidden = false;
          field.setAttribute("aria-expanded", "true");
        }
        const down = event.key === "ArrowDown";
        activate(active < 0 ? (down ? 0 : count - 1) : (active + (down ? 1 : count - 1)) % count);
      } else if (event.key === "Enter" && !list.hidden && options[active]) {
        event.preventDefault();
        open(options[active]);
      }
    });
    if (results) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        window.history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
        search(true);
      });
      const given = new URLSearchParams(window.location.search).get("q");
      if (given) {
        field.value = given;
        search(true);
      }
    }
  }

  document.querySelectorAll("form[data-search]").forEach(start);
})();
