// Undo and redo: what was pressed is sent with all that the screen holds; the columns come back
// as they were before. In a text field the keys are the field's own.
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  let way = "", turning = false, waiting = "";

  window.rgTurn = () => way;
  window.rgIsTurning = () => turning;

  function turn(wanted) {
    if (turning) return;
    // a letter that is being composed would be drawn over what comes back
    if (document.body.classList.contains("rg-making")) return (waiting = wanted);
    way = wanted;
    window.rgPressTurn("rg-turn");
  }
  // The letter comes back as something else than the screen holds: nothing is sent meanwhile.
  window.rgPressTurn = (id) => {
    if (turning || document.body.classList.contains("rg-making")) return;
    turning = true;
    window.rgCommit();
    window.rgHold();
    one(`#${id}`)?.click();
  };

  window.rgTurnWaiting = () => {
    const wanted = waiting;
    waiting = "";
    if (wanted) turn(wanted);
  };

  window.rgTurned = () =>
    setTimeout(() => {
      turning = false;
      const bar = one(".rg-undo");
      if (bar && one("[data-card]")) {
        const ticked = new Set(JSON.parse(bar.dataset.ticked));
        for (const box of all("[data-card]")) {
          box.checked = ticked.has(box.dataset.card);
          window.rgShowTick(box);
        }
      }
      window.rgKept();
      if (bar && "old" in bar.dataset) window.rgStale();
    }, 100);

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-turn]");
    if (button && !button.disabled) turn(button.dataset.turn);
    else if (!event.target.closest?.(".rg-steps-done")) one(".rg-steps-done[open]")?.removeAttribute("open");
  });

  const WRITING = "input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable=true]";
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") one(".rg-steps-done[open]")?.removeAttribute("open");
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches?.(WRITING)) return;
    const key = event.key.toLowerCase();
    const wanted = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : "";
    const button = wanted && one(`[data-turn=${wanted}]`);
    if (!button || !button.offsetParent) return;
    event.preventDefault();
    if (!button.disabled) turn(wanted);
  });
})();
