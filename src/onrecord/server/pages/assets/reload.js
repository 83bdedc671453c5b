// Loads the page again when another release is served (kg serve --watch); where it was scrolled to is kept.
"use strict";

(function () {
  const KEY = `onrecord-scroll:${window.location.pathname}`;
  const kept = window.sessionStorage.getItem(KEY);
  if (kept) {
    window.sessionStorage.removeItem(KEY);
    window.addEventListener("load", () => window.scrollTo({ top: Number(kept), behavior: "instant" }));
  }
  const root = document.currentScript.src.replace(/assets\/reload\.js.*$/, "");
  const source = new EventSource(`${root}events`);
  let first = "";
  source.addEventListener("release", (event) => {
    if (first && event.data !== first) {
      window.sessionStorage.setItem(KEY, String(window.scrollY));
      window.location.reload();
    }
    first = event.data;
  });
  window.addEventListener("pagehide", () => source.close());
})();
