/* A button that prints; without this file the browser's own menu does it. */
(() => {
  "use strict";

  document.querySelectorAll("button[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
