// The field of the query: CodeMirror, in a shadow root. There its style sheets are made by script, which the pages'
// Content-Security-Policy lets be; in the page itself they would be <style> elements, which it forbids.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const MONO = 'ui-monospace, "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace';

// Colors are those of the site, which change with light and dark by themselves.
const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--soft)", borderRadius: "2px", fontSize: ".92rem" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: MONO, lineHeight: "1.5", minHeight: "16rem", maxHeight: "34rem", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".5rem 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--soft)", borderRight: "1px solid var(--rule)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--raised) 70%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--link) 25%, var(--paper))" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)", outline: "1px solid var(--soft)" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--soft)", borderRadius: "2px", maxWidth: "min(34rem, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: MONO, fontSize: ".86rem", maxHeight: "16rem", maxWidth: "min(34rem, 86vw)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--ink)", color: "var(--paper)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--soft)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionIcon": { display: "none" },
  ".cm-completionInfo": { padding: ".6rem .8rem", fontFamily: "var(--sans)", fontSize: ".88rem", lineHeight: "1.45", width: "max-content", maxWidth: "min(22rem, 86vw)" },
  ".cm-completionInfo p": { margin: ".2rem 0 0" },
  // On a phone there is no room beside the list: what a term means stands below it.
  ".cm-completionInfo-right-narrow, .cm-completionInfo-left-narrow": { top: "100% !important", bottom: "auto !important", left: "0 !important", right: "0 !important", maxWidth: "none !important", width: "auto !important" },
  ".cm-diagnostic": { padding: ".4rem .7rem", borderLeft: "4px solid var(--listed)", fontFamily: "var(--sans)" },
  // The package draws these as data: images, which the policy forbids.
  ".cm-lint-marker-error": { content: "normal", width: ".7em", height: ".7em", margin: ".25em", borderRadius: "50%", background: "var(--listed)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--listed)" },
});

const colors = HighlightStyle.define([
  { tag: tags.keyword, fontWeight: "700" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--claim)" },
  { tag: [tags.string, tags.number, tags.bool, tags.literal], color: "var(--absent)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.url, tags.namespace, tags.typeName, tags.propertyName], color: "var(--link)" },
]);

// The field in `place`: { get, set, focus, mark, unmark }. `run` is called for Ctrl+Enter, `changed` with each new text.
export function field(place, text, complete, { run, changed }) {
  const root = place.attachShadow({ mode: "open" });
  const state = EditorState.create({
    doc: text,
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => { run(); return true; } }])),
      lineNumbers(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      lintGutter(),
      sparql(),
      syntaxHighlighting(colors),
      autocompletion({ override: [complete], icons: false, tooltipClass: () => "query-tooltip" }),
      keymap.of([{ key: "Tab", run: acceptCompletion }, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "Your query, in SPARQL", tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
      EditorView.updateListener.of((update) => { if (update.docChanged) changed(update.state.doc.toString()); }),
      look,
    ],
  });
  const view = new EditorView({ state, root, parent: root });
  return {
    get: () => view.state.doc.toString(),
    set: (whole) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: whole }, selection: { anchor: 0 }, scrollIntoView: true }),
    focus: () => view.focus(),
    mark: (refusal) => view.dispatch(setDiagnostics(view.state, diagnostics(view.state.doc, refusal))),
    unmark: () => view.dispatch(setDiagnostics(view.state, [])),
  };
}

// Where a refusal says that something is wrong: from there to the end of the word, or of the line where it names no column.
function diagnostics(doc, { message, hint, line, column }) {
  if (!line || line > doc.lines) return [];
  const { from, to, text } = doc.line(line);
  const prefix = text.indexOf(/\bprefix (\S+:)/.exec(message)?.[1] ?? "\n");
  const known = column > 0 || prefix >= 0;
  const start = Math.min(to, from + (column ? column - 1 : prefix >= 0 ? prefix : text.search(/\S|$/)));
  const word = /^\S+/.exec(doc.sliceString(start, to));
  const end = known ? start + (word ? word[0].length : 0) : to;
  return [{ from: start === end && start > from ? start - 1 : start, to: end, severity: "error", message: hint ? `${message}: ${hint}` : message }];
}
