// Nothing typed is lost: what was not stored yet when the page went away (F5, Back, a closed
// window that is opened again) stands there again, and what is typed while an answer of the
// server draws the letter anew stays in its field.
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const KEPT = "rg-unsent", PASTED = "rg-pasted";
  const paste = () => one("#rg-step-1 textarea");

  function type(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  addEventListener("pagehide", () => {
    window.rgCommit();
    window.rgMark();
    if (window.rgUnsent())
      sessionStorage.setItem(
        KEPT,
        JSON.stringify({ draft: window.rgOpenId(), edits: window.rgEdits(), values: window.rgValues(), ticks: window.rgTicks() }),
      );
  });

  // Put back what was typed; it is stored as if it were typed now.
  let ticks = null;
  window.rgPutBack = () => {
    const pasted = sessionStorage.getItem(PASTED);
    if (pasted && !window.rgOpenId() && paste() && !paste().value) type(paste(), pasted);
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    sessionStorage.removeItem(KEPT);
    if (kept?.edits && kept.draft === window.rgOpenId()) put(kept, 50);
  };

  function put(kept, tries) {
    if (!one(".rg-editor") || (kept.values && !one("[data-letter]"))) {
      if (tries) setTimeout(() => put(kept, tries - 1), 100); // the answer is not drawn yet
      return;
    }
    const { head, asks } = JSON.parse(kept.edits);
    for (const field of all("[data-head]")) if (field.dataset.head in head) field.value = head[field.dataset.head];
    window.rgDrawAsks(asks);
    if (kept.values) fill(new Map(Object.entries(JSON.parse(kept.values))));
    ticks = kept.ticks;
    window.rgKeep(0);
    window.rgPutTicks();
  }

  window.rgPutTicks = () => {
    if (!ticks || !one("[data-card]")) return;
    const ticked = new Set(JSON.parse(ticks).cards);
    ticks = null;
    for (const box of all("[data-card]")) box.checked = ticked.has(box.dataset.card);
    window.rgKeep(0);
  };

  function fill(values) {
    window.rgPutEdits(values);
    for (const field of all("[data-slot]")) {
      const value = values.get(field.dataset.slot);
      if (value) field.value = value;
    }
    for (const box of all("[data-confirm]")) if (values.has(`confirm.${box.dataset.confirm}`)) box.checked = true;
  }

  // What is being typed while the letter is drawn anew.
  const live = new Map();
  window.rgForget = () => live.clear();
  let letter = null;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.matches?.("[data-slot]")) live.set(field.dataset.slot, field.value);
    if (field === paste()) sessionStorage.setItem(PASTED, field.value);
  });
  new MutationObserver(() => {
    const drawn = one("[data-letter]");
    if (drawn === letter) return;
    letter = drawn;
    if (!letter) return live.clear();
    if (window.rgUnsent()) fill(live);
    else live.clear();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
