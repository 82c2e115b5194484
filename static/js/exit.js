/* Leaving quickly: a click on the exit link, or three presses of Shift within five seconds.
   Without this file the link still leads out, by way of /exit/, which asks the browser to forget our storage. */
(() => {
  "use strict";

  const PRESSES = 3;
  const WITHIN_MS = 5000;
  const link = document.querySelector("a[data-exit]");
  if (!link) return;

  const target = link.href;
  let hasLeft = false;
  let presses = [];

  /* The next page may be slow to come: what is on the screen goes first. An empty title would show the address. */
  function blank() {
    document.title = "\u00a0";
    document.querySelectorAll("link[rel='icon']").forEach((icon) => {
      icon.href = icon.dataset.blank;
    });
    document.body.replaceChildren();
  }

  function forget() {
    for (const name of ["localStorage", "sessionStorage"]) {
      try {
        window[name].clear();
      } catch {
        /* The browser keeps storage closed: then nothing is in it. */
      }
    }
  }

  function leave() {
    hasLeft = true;
    blank();
    forget();
    window.location.replace(target);
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  /* Any other key between two presses means that somebody is typing capitals. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    if (event.repeat) return;
    presses = presses.filter((at) => event.timeStamp - at < WITHIN_MS);
    presses.push(event.timeStamp);
    if (presses.length >= PRESSES) leave();
  });

  /* Back may bring this page from the browser's memory instead of asking us. */
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && hasLeft) leave();
  });
})();
