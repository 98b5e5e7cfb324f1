// Sends a person to the entry point where they work: the one that was noted when they signed
// in, or by the screen. An address without an entry point (/case/ID) goes on in that one.
"use strict";

(() => {
  let noted = null;
  try {
    noted = localStorage.getItem("xunjie.entry");
  } catch {
    // A browser without storage: the screen decides.
  }
  const isDesk = matchMedia("(min-width: 1024px) and (pointer: fine)").matches;
  const entry = ["field", "desk"].includes(noted) ? noted : isDesk ? "desk" : "field";
  location.replace(`/${entry}${location.pathname}${location.search}`);
})();
