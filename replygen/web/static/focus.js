// The keyboard stays where it was. An answer of the server draws parts of the page anew: what had
// the focus gets it again in the new part; where it is gone, what stands nearest does.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const CAN = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]";
  const seen = (element) => element.isConnected && element.checkVisibility() && !element.disabled;
  let last = null; // { element, selector, place }, places: the ids of the parts around it

  // What an element is called on the page: its id, or what our templates name it by.
  function nameOf(element) {
    if (element.id && !/^component-/.test(element.id)) return `#${CSS.escape(element.id)}`;
    const data = [...element.attributes].filter((a) => /^data-(?!src|testid|at|words|edited|added|given|was)/.test(a.name));
    const named = data.map((a) => `[${a.name}="${CSS.escape(a.value)}"]`).join("");
    const label = element.getAttribute("aria-label");
    return element.tagName.toLowerCase() + (named || (label ? `[aria-label="${CSS.escape(label)}"]` : ""));
  }

  document.addEventListener("focusin", (event) => {
    const element = event.target, around = [];
    for (let part = element.parentElement; part; part = part.parentElement)
      if (part.id && !/^component-/.test(part.id)) around.push(part.id);
    const selector = nameOf(element);
    const root = document.getElementById(around[0]) || document;
    last = { element, selector, around, place: all(selector, root).indexOf(element) };
  });
  document.addEventListener("focusout", (event) =>
    setTimeout(() => {
      // who clicks beside everything wants no focus
      if (document.activeElement === document.body && last?.element === event.target && seen(event.target)) last = null;
    }),
  );

  function find() {
    for (const id of last.around) {
      const root = document.getElementById(id);
      if (!root) continue;
      const same = all(last.selector, root);
      const found = same[last.place] || same[0];
      if (found && seen(found)) return found;
      const near = all(CAN, root).find(seen);
      if (near) return near;
    }
    return all("[data-letter], #rg-step-1 textarea").find(seen);
  }

  function restore() {
    if (!last || document.activeElement !== document.body || seen(last.element)) return;
    const found = find();
    if (!found) return;
    const { selectionStart, selectionEnd } = last.element;
    found.focus({ preventScroll: true });
    if (found.matches("textarea, input[type=text]") && found.value) found.setSelectionRange(selectionStart, selectionEnd);
  }
  let asked = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(restore);
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["disabled", "hidden", "class", "style"] });
})();
