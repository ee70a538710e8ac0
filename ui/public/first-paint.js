// Runs before the first paint: the last theme, size and language of this PC, so that nothing flashes.
(function () {
  var root = document.documentElement;
  try {
    var last = JSON.parse(localStorage.getItem('onedoor-look') || '{}');
    if (last.theme && last.theme !== 'system') root.setAttribute('data-theme', last.theme);
    if (last.zoom) root.style.fontSize = last.zoom * 0.16 + 'px';
    if (last.lang) root.lang = last.lang;
  } catch (unreadable) {
    // The desk's own answer follows in a moment.
  }
})();
