// The list of drafts: ordered in the browser, the day of hand-over typed in a row. No text from
// documents is built into HTML here.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  // What stays when the list is drawn anew: its order, and for which open draft it is unfolded.
  let order = "changed", unfolded = "";
  let assigned = "";
  window.rgAssigned = () => assigned;

  // Days in ISO order; what has no day comes last.
  function before(left, right) {
    const day = (row) => row.dataset.due || "9999";
    const place = left.dataset.place - right.dataset.place;
    return order === "due" ? day(left).localeCompare(day(right)) || place : place;
  }
  function apply(list) {
    for (const row of all("[data-draft-row]", list).sort(before)) row.parentElement.append(row);
  }

  document.addEventListener("change", (event) => {
    const { draftsOrder, assigned: id } = event.target.dataset || {};
    if (draftsOrder !== undefined) {
      order = event.target.value;
      apply(event.target.closest(".rg-drafts"));
    }
    if (id) {
      assigned = `${id}:${event.target.value}`;
      one("#rg-assign")?.click();
    }
  });
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
    const list = one(".rg-drafts:not([data-drawn])");
    if (!list) return;
    list.dataset.drawn = "1";
    if (unfolded && unfolded === window.rgOpenId()) list.open = true;
    one("[data-drafts-order]", list).value = order;
    apply(list);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
