/* "Show map": the button stands where this file runs; nothing of the map itself is fetched before it is pressed. */
(() => {
  "use strict";

  const part = document.querySelector("[data-map]");
  if (!part) return;

  const told = part.dataset;
  const button = part.querySelector("button");
  const said = part.querySelector("[role='status']");
  const frame = part.querySelector("section");
  let opened = null;

  /* What the reader is told in the words that the site gave. */
  class Refused extends Error {}

  function sheet(address) {
    return new Promise((resolve, reject) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.onload = resolve;
      link.onerror = reject;
      link.href = address;
      document.head.append(link); /* Before our own sheet, which stands with the map. */
    });
  }

  async function answer(address) {
    const response = await fetch(address, { credentials: "omit" });
    if (response.ok) return response.json();
    const reason = response.status === 410 ? await response.json() : null;
    throw new Refused(reason ? reason.errors.request[0] : told.failed);
  }

  async function load() {
    const [view, groups, outline, ground, points] = await Promise.all([
      import(told.view),
      import(told.groups),
      import(told.outlineReader),
      answer(told.outline),
      answer(told.points),
      import(told.leaflet),
      sheet(told.leafletSheet),
    ]);
    frame.hidden = false;
    return view.openMap(frame, window.L, { told, points, land: outline.decoded(ground), groups });
  }

  function tell(isShown) {
    frame.hidden = !isShown;
    button.textContent = isShown ? told.hide : told.show;
    button.setAttribute("aria-expanded", String(isShown));
    said.textContent = isShown ? told.isOpen : "";
    said.classList.toggle("hidden-label", isShown);
  }

  async function show() {
    said.classList.remove("hidden-label");
    said.textContent = told.loading;
    try {
      opened = opened || load();
      const map = await opened;
      tell(true);
      map.invalidateSize();
    } catch (error) {
      opened = null;
      tell(false);
      said.textContent = error instanceof Refused ? error.message : told.failed;
      if (!(error instanceof Refused)) reportError(error);
    }
  }

  part.hidden = false;
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-expanded") === "true") tell(false);
    else show();
  });
})();
