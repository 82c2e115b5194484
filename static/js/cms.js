/* Starts Wagtail's date and time fields, whose templates hold no script of their own (cms/editing.py). Fields that come
   later, with a new row or a dialogue, are started when they come. */
(function () {
  "use strict";
  var starts = { date: "initDateChooser", datetime: "initDateTimeChooser", time: "initTimeChooser" };

  function start(mark) {
    var begin = window[starts[mark.dataset.chooser]];
    if (!begin || mark.dataset.started || !document.getElementById(mark.dataset.for)) {
      return;
    }
    mark.dataset.started = "yes";
    begin(mark.dataset.for, JSON.parse(mark.dataset.options));
  }

  function startAll() {
    document.querySelectorAll("[data-chooser]").forEach(start);
  }

  new MutationObserver(startAll).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("load", startAll);
  startAll();
})();
