/* Rows of the desk: copy one with a button or a key. Without this file the text stands under "As text". */
(() => {
  "use strict";

  const said = document.querySelector("[data-copied]");
  const lists = [...document.querySelectorAll("[data-rows]")];
  const rows = lists.flatMap((list) => [...list.children]);

  const copied = () => {
    if (!said) return;
    said.hidden = true;
    requestAnimationFrame(() => {
      said.hidden = false;
    });
  };

  const copy = async (row) => {
    const text = row.querySelector("textarea");
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      text.closest("details").open = true;
      text.select();
      if (!document.execCommand("copy")) return;
    }
    copied();
  };

  const go = (from, step) => {
    const next = rows[rows.indexOf(from) + step];
    if (next) next.querySelector("h3 a").focus();
  };

  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => copy(button.closest("li")));
  });

  document.querySelectorAll("[data-keys]").forEach((hint) => {
    hint.hidden = false;
  });

  /* Keys work only while a row has the focus: nobody who types, or speaks to the computer, sets them off elsewhere. */
  lists.forEach((list) => {
    list.addEventListener("keydown", (event) => {
      const row = event.target.closest(".row");
      if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.matches("textarea, input, select")) return;
      const act = {
        j: () => go(row, 1),
        k: () => go(row, -1),
        c: () => copy(row),
        "/": () => {
          const change = document.getElementById("change");
          if (change) change.open = true;
          document.getElementById("near")?.focus();
        },
      }[event.key.toLowerCase()];
      if (act) {
        event.preventDefault();
        act();
      }
    });
  });
})();
