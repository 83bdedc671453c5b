// A query → what comes of it, as far as it comes: an answer that breaks off keeps what was whole, and says so.
import { cell, triple } from "./terms.js";

// Bytes of an answer that a page takes: beyond that it is no reading, but downloading.
const MOST = 16 << 20;
const ACCEPT = "text/tab-separated-values, application/n-triples";

// Why a query was refused, and where in it: line and column count from 1, and are 0 where nothing says them.
export class Refusal extends Error {
  constructor(message, hint) {
    super(message);
    this.hint = hint;
    const place = /\bline (\d+)(?:, column (\d+))?/.exec(message);
    this.line = place ? Number(place[1]) : 0;
    this.column = place?.[2] ? Number(place[2]) : 0;
  }
}

// { kind: "rows" | "graph" | "truth", heads, rows, truth, cut, bytes }. `cut` says why there may be more, or is "".
export async function ask(address, query, signal, progress = () => {}, most = MOST) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/sparql-query", accept: ACCEPT },
    body: query,
    signal,
  });
  if (!response.ok) throw await refusal(response);
  const { text, bytes, cut } = await whole(response, progress, most);
  return { ...read(text, response.headers.get("content-type") ?? "", cut !== ""), bytes, cut };
}

async function refusal(response) {
  try {
    const told = await response.json();
    return new Refusal(told.title ?? `The server answered with ${response.status}`, told.detail ?? "");
  } catch {
    return new Refusal(`the server answered with ${response.status}`, "");
  }
}

async function whole(response, progress, most) {
  const decoder = new TextDecoder();
  const pieces = [];
  let bytes = 0;
  let cut = "";
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
      pieces.push(decoder.decode(value, { stream: true }));
      progress(bytes);
      if (bytes > most) {
        cut = `this page takes ${most >> 20} MiB of an answer, a download all of it`;
        await reader.cancel();
        break;
      }
    }
  } catch (error) {
    cut = error.name === "AbortError" ? "stopped" : "the server ended it";
  }
  return { text: pieces.join(""), bytes, cut };
}

export function read(text, media, broken) {
  const lines = text.split("\n");
  const last = lines.pop();
  if (last && !broken) lines.push(last); // a last line without its end is whole only where the answer is
  if (media.startsWith("application/n-triples")) {
    const rows = lines.filter((line) => line && !line.startsWith("#")).map(triple).filter(Boolean);
    return { kind: "graph", heads: ["subject", "predicate", "object"], rows };
  }
  const [head, ...rest] = lines;
  if (head === "true" || head === "false") return { kind: "truth", heads: [], rows: [], truth: head === "true" };
  const heads = (head ?? "").split("\t").filter(Boolean).map((name) => name.replace(/^[?$]/, ""));
  return { kind: "rows", heads, rows: rest.map((line) => (heads.length ? line.split("\t").map(cell) : [])) };
}
