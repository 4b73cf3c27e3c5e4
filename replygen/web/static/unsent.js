// Nothing typed is lost: what was not stored yet when the page went away (F5, Back, a closed
// window) stands there again, and what is typed while an answer of the server draws the letter
// anew stays in its field.
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const KEPT = "rg-unsent", PASTED = "rg-pasted";
  const paste = () => one("#rg-step-1 textarea");

  function type(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Kept by draft until it is stored or open again, also when the whole window is closed; what is
  // older than a week, or than what was stored since, is of no use any more.
  const WEEK = 7 * 24 * 3600 * 1000;
  const nameOf = (draft) => `${KEPT}:${draft}`;
  const revision = () => Number(one("[data-revision]")?.dataset.revision || 0);
  function hold() {
    window.rgCommit();
    const draft = window.rgMark().split(":")[0];
    if (!draft) return;
    if (!window.rgUnsent()) return localStorage.removeItem(nameOf(draft));
    const held = { edits: window.rgEdits(), values: window.rgValues(), ticks: window.rgTicks() };
    localStorage.setItem(nameOf(draft), JSON.stringify({ draft, at: Date.now(), revision: revision(), ...held }));
  }
  addEventListener("pagehide", hold);
  for (const name of Object.keys(localStorage))
    if (name.startsWith(`${KEPT}:`) && Date.now() - JSON.parse(localStorage.getItem(name)).at > WEEK) localStorage.removeItem(name);

  // Put back what was typed; it is stored as if it were typed now.
  let ticks = null;
  window.rgPutBack = () => {
    const pasted = sessionStorage.getItem(PASTED);
    if (pasted && !window.rgOpenId() && paste() && !paste().value) type(paste(), pasted);
  };
  window.rgLookBack = () => setTimeout(look, 150, 50); // the answer is being drawn
  function look(tries) {
    const draft = one(".rg-editor")?.closest("[data-draft]").dataset.draft;
    if (!draft) return window.rgOpenId() && tries && setTimeout(look, 100, tries - 1);
    const kept = JSON.parse(localStorage.getItem(nameOf(draft)) || "null");
    if (!kept) return;
    if (kept.values && !one("[data-letter]") && tries) return setTimeout(look, 100, tries - 1);
    localStorage.removeItem(nameOf(draft));
    // what was on its way when the window was closed was stored since; more was another window
    if (kept.edits && revision() <= kept.revision + 3) put(kept);
    else giveBack(draft, kept);
  }

  // What was not stored and would be written over what another window wrote since: to be copied.
  function giveBack(draft, kept) {
    const now = new Set(Object.values(JSON.parse(window.rgValues() || "{}")));
    for (const field of all("[data-head], [data-text], [data-topic]")) now.add(field.value);
    const { head, asks } = JSON.parse(kept.edits || "{}");
    const texts = [...Object.values(head || {}), ...(asks || []).map((ask) => ask.text)];
    for (const [name, value] of Object.entries(JSON.parse(kept.values || "{}")))
      if (!/^(?:order|stance|confirm)\./.test(name)) texts.push(value);
    const lost = [...new Set(texts)].filter((text) => text && !now.has(text));
    window.rgKeepAside(draft, lost.map((mine) => ({ what: "关窗口时没有存下", mine, theirs: "" })));
  }

  function put(kept) {
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
  // The draft of a letter, also of one that the answer took from the page.
  const drafts = new WeakMap();
  const draftOf = (drawn) => drawn && drafts.get(drawn);
  let letter = null;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.matches?.("[data-slot]")) live.set(field.dataset.slot, field.value);
    if (field === paste()) sessionStorage.setItem(PASTED, field.value);
  });
  new MutationObserver(() => {
    const drawn = one("[data-letter]");
    if (drawn === letter) return;
    const before = letter;
    letter = drawn;
    if (letter) drafts.set(letter, letter.closest("[data-draft]")?.dataset.draft);
    if (!letter) return live.clear();
    if (!window.rgUnsent()) return live.clear();
    fill(live);
    if (draftOf(before) === draftOf(letter)) window.rgCarryEdits(before);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
