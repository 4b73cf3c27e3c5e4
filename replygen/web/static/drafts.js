// The list of drafts: its order, what is looked for in it, the day of hand-over typed in a row. No text from
// documents is built into HTML here.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  // How the list is looked at, also when it is drawn anew, and for which open draft it is unfolded.
  const view = { order: "changed", words: "", whole: false };
  let unfolded = "", assigned = "", timer;
  window.rgAssigned = () => assigned;
  window.rgSeenAs = () => JSON.stringify(view);
  const seenAs = (list) => JSON.stringify(JSON.parse(list.dataset.seenAs));
  function look(change, delay = 0) {
    Object.assign(view, change);
    clearTimeout(timer);
    timer = setTimeout(() => one("#rg-list")?.click(), delay);
  }
  // An answer that was for something else drew the beginning of the list.
  function lookAgain(list) {
    if (list.open && seenAs(list) !== window.rgSeenAs()) look({}, 100);
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-drafts-words]")) look({ words: event.target.value, whole: false }, 250);
  });
  document.addEventListener("change", (event) => {
    const { draftsOrder, assigned: id } = event.target.dataset || {};
    if (draftsOrder !== undefined) look({ order: event.target.value });
    if (id) {
      assigned = `${id}:${event.target.value}`;
      one("#rg-assign")?.click();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-drafts-whole]")) look({ whole: true });
  });
  document.addEventListener("toggle", (event) => event.target.matches?.(".rg-drafts") && lookAgain(event.target), true);
  // The field of the head that a link names: its fold opens, it has the focus.
  document.addEventListener("click", (event) => {
    const list = event.target.closest?.(".rg-drafts > summary")?.parentElement;
    if (list) unfolded = list.open ? "" : window.rgOpenId();
    if (event.target.closest?.("[data-draft-open]")) unfolded = ""; // folded over the one it opens
    const link = event.target.closest?.("[data-to-head]");
    const field = link && one(`[data-head="${link.dataset.toHead}"]`);
    if (!field) return;
    field.closest("details").open = true;
    field.scrollIntoView({ block: "center" });
    field.focus();
  });

  new MutationObserver(() => {
    const list = one(".rg-drafts");
    if (!list || list.dataset.drawn === list.dataset.seenAs) return;
    list.dataset.drawn = list.dataset.seenAs;
    if (unfolded && unfolded === window.rgOpenId()) list.open = true;
    one("[data-drafts-order]", list).value = view.order;
    lookAgain(list);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
