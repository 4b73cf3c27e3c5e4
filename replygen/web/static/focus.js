// The keyboard stays where it was. An answer of the server draws parts of the page anew: what had
// the focus gets it again in the new part; where it is gone, what stands nearest does. What
// scrolls can be scrolled with the keys.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const CAN = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]";
  const seen = (element) => element.isConnected && element.checkVisibility() && !element.disabled;
  const SCROLLERS = ".rg-scroll, .rg-text, .rg-sources, .rg-document, .rg-original, .rg-removed-list ul";
  let last = null; // the element, how it is called, the ids of the parts around it, those parts

  // What an element is called on the page: its id, or what our templates name it by.
  function nameOf(element) {
    if (element.id && !/^component-/.test(element.id)) return `#${CSS.escape(element.id)}`;
    const data = [...element.attributes].filter((a) => /^data-(?!src|testid|at|words|edited|added|given|was)/.test(a.name));
    const named = data.map((a) => `[${a.name}="${CSS.escape(a.value)}"]`).join("");
    const label = element.getAttribute("aria-label");
    return element.tagName.toLowerCase() + (named || (label ? `[aria-label="${CSS.escape(label)}"]` : ""));
  }

  document.addEventListener("focusin", (event) => {
    const element = event.target, around = [], parts = [];
    for (let part = element.parentElement; part && part !== document.body; part = part.parentElement) {
      parts.push(part);
      if (part.id && !/^component-/.test(part.id)) around.push(part.id);
    }
    const selector = nameOf(element);
    const root = document.getElementById(around[0]) || document;
    last = { element, selector, around, parts, place: all(selector, root).indexOf(element) };
  });
  document.addEventListener("focusout", (event) =>
    setTimeout(() => {
      // who clicks beside everything wants no focus
      if (document.activeElement === document.body && last?.element === event.target && seen(event.target)) last = null;
    }),
  );

  // The same control in the parts that have a name; else the first one of the nearest part that
  // is left, parts that were drawn anew counting as theirs.
  function find() {
    const told = /[#[]/.test(last.selector); // a bare button is like any other
    for (const root of last.around.map((id) => document.getElementById(id))) {
      const same = root && told ? all(last.selector, root) : [];
      const found = same[last.place] || same[0];
      if (found && seen(found)) return found;
    }
    for (const part of last.parts) {
      const root = part.isConnected ? part : part.id && document.getElementById(part.id);
      const near = root && seen(root) && all(CAN, root).find(seen);
      if (near) return near;
    }
    return all("[data-letter], #rg-step-1 textarea, [role=tab][aria-selected=true]").find(seen);
  }

  function restore() {
    if (!last || document.activeElement !== document.body || seen(last.element)) return;
    const found = find();
    if (!found) return;
    const { selectionStart, selectionEnd } = last.element;
    found.focus({ preventScroll: true });
    if (found.matches("textarea, input[type=text]") && found.value) found.setSelectionRange(selectionStart, selectionEnd);
  }
  function openScrollers() {
    for (const box of all(SCROLLERS)) {
      const still = box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
      if (still || box.hasAttribute("tabindex") || all(CAN, box).some(seen)) continue;
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      const told = box.querySelector("caption")?.textContent || box.querySelector("table")?.ariaLabel;
      box.ariaLabel ||= told || "可以滚动的内容";
    }
  }

  let asked = 0, looking = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(restore);
    looking ||= setTimeout(() => {
      looking = 0;
      openScrollers();
    }, 200);
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["disabled", "hidden", "class", "style"] });
})();
