// An answer in its views: table, graph, time line, download. The views are tabs
// (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/), and each is made when it is first looked at.
import { downloads } from "./downloads.js";
import { element } from "./dom.js";
import { edges, graph, isNetwork } from "./graph.js";
import { table } from "./table.js";
import { datedColumns, timeline } from "./timeline.js";

export function results(section, place, answer, query, addresses) {
  section.hidden = false;
  if (answer.kind === "truth") {
    place.replaceChildren(
      element("p", { class: "truth" }, answer.truth ? "Yes." : "No."),
      answer.truth ? "" : element("p", { class: "note" }, "“No” says that nothing in the dataset fits; that is no evidence of absence."),
      downloads(answer, query),
    );
    return;
  }
  const cut = answer.cut
    ? element("p", { class: "query-error", role: "alert" }, element("strong", {}, "Cut short."), ` What is shown came before the answer broke off (${answer.cut}); there may be more.`)
    : "";
  if (!answer.rows.length) {
    place.replaceChildren(cut, element("p", {}, answer.cut ? "Nothing had come." : "Nothing in the dataset fits. That is no evidence of absence."));
    return;
  }
  place.replaceChildren(cut, ...tabs([
    ["table", "Table", () => table(answer, addresses), true],
    ["graph", "Graph", () => graph(answer, addresses), edges(answer) !== null],
    ["time", "Time line", () => timeline(answer, addresses), datedColumns(answer).length > 0],
    ["download", "Download", () => downloads(answer, query), true],
  ], answer.kind === "graph" && isNetwork(answer) ? "graph" : "table"));
}

function tabs(views, first) {
  const there = views.filter(([, , , possible]) => possible);
  const list = element("div", { class: "tabs", role: "tablist", "aria-label": "Ways to see the answer" });
  const panels = there.map(([name]) => element("div", { id: `view-${name}`, role: "tabpanel", "aria-labelledby": `tab-${name}`, hidden: true }));
  const buttons = there.map(([name, text]) =>
    element("button", { type: "button", id: `tab-${name}`, role: "tab", "aria-controls": `view-${name}`, "aria-selected": "false", tabindex: "-1" }, text),
  );
  function open(number, focus) {
    buttons.forEach((button, each) => {
      button.setAttribute("aria-selected", String(each === number));
      button.tabIndex = each === number ? 0 : -1;
      panels[each].hidden = each !== number;
    });
    if (!panels[number].hasChildNodes()) panels[number].append(there[number][2]());
    if (focus) buttons[number].focus();
  }
  buttons.forEach((button, number) => {
    button.addEventListener("click", () => open(number, false));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      open((number + step + buttons.length) % buttons.length, true);
    });
  });
  list.append(...buttons);
  const chosen = there.findIndex(([name]) => name === first);
  // The panels are measured when they are filled: they must be on the page by then.
  queueMicrotask(() => open(chosen < 0 ? 0 : chosen, false));
  return [list, ...panels];
}
