// Before the first paint, so that no light page flashes in the dark. A plain script: modules run later.
(function () {
  const kept = localStorage.getItem("waymark.theme");
  if (kept === "light" || kept === "dark") {
    document.documentElement.dataset.theme = kept;
  }
})();
