// The page's own script: where a sentence comes from, jumping to a place, collecting what
// was ticked and typed. No text from documents is built into HTML here.
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  window.rgTicks = () => {
    const cards = one(".rg-cards");
    if (!window.rgIsHere(cards)) return "";
    const chosen = all("[data-card]").filter((box) => box.checked);
    const draft = cards.closest("[data-draft]").dataset.draft;
    return JSON.stringify({ draft, cards: chosen.map((box) => box.dataset.card) });
  };

  // What was typed into the letter; nothing where no letter is shown.
  window.rgValues = () => {
    if (!window.rgIsHere(one("[data-letter]"))) return "";
    window.rgCommit(); // a sentence that is still being written counts
    const values = window.rgEdited();
    for (const field of all("[data-slot]")) {
      if (field.disabled) values[field.dataset.slot] = null;
      else if (field.value.trim()) values[field.dataset.slot] = field.value;
    }
    for (const box of all("[data-confirm]")) if (box.checked) values[`confirm.${box.dataset.confirm}`] = "是";
    return JSON.stringify(values);
  };

  window.rgShowTick = (box) => {
    box.closest(".rg-card").classList.toggle("rg-chosen", box.checked);
    const part = box.closest(".rg-ask");
    part.querySelector(".rg-count").textContent = `已选 ${part.querySelectorAll("[data-card]:checked").length} 条`;
  };

  function showSource(sentence) {
    const panel = one(".rg-sources");
    const source = document.getElementById(sentence.dataset.src);
    if (!panel || !source) return;
    panel.replaceChildren(...[...source.childNodes].map((node) => node.cloneNode(true)));
    panel.classList.add("rg-live");
    all(".rg-on").forEach((element) => element.classList.remove("rg-on"));
    sentence.classList.add("rg-on");
  }

  function goTo(target) {
    if (!target) return;
    target.scrollIntoView({ behavior: "smooth", block: "center" });
    target.classList.remove("rg-flash");
    void target.offsetWidth;
    target.classList.add("rg-flash");
    // not a menu: there an arrow key would choose
    const field = target.querySelector("textarea[data-slot]:not(:disabled)");
    const sentence = target.querySelector("[data-sentence]:not([hidden])");
    (field || sentence || target).focus({ preventScroll: true });
  }

  // A document over the page, also one that is the same as before; closed, it gives the focus
  // back. `place` holds that of another tab than the clerk's.
  window.rgShowFull = (place) =>
    setTimeout(() => {
      const other = "#rg-review-full, #rg-index-full";
      const full = place ? one(`${place} .rg-full`) : all(".rg-full").find((d) => !d.closest(other));
      if (!full || full.open) return;
      full.showModal();
      full.querySelector("mark")?.scrollIntoView({ block: "center" });
      full.querySelector("[data-close]")?.focus();
    }, 150);

  function drop(button) {
    const field = one(`[data-slot="${button.dataset.drop}"]`);
    field.disabled = !field.disabled;
    button.textContent = field.disabled ? "恢复" : "删去";
    field.closest(".rg-place").classList.toggle("rg-dropped", field.disabled);
    window.rgKeep();
  }

  // A mouse that lies still does not choose: where the keyboard scrolls the letter under it, the
  // browser tells of a sentence beneath it all the same.
  let mouse = "";
  function moved(event) {
    const place = `${event.screenX} ${event.screenY}`;
    const other = place !== mouse;
    mouse = place;
    return other;
  }
  document.addEventListener("mousemove", moved);
  for (const type of ["mouseover", "focusin", "click"])
    document.addEventListener(type, (event) => {
      if (type === "mouseover" && !moved(event)) return;
      const sentence = event.target.closest?.("[data-src]");
      if (sentence) showSource(sentence);
    });

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-src], .rg-sources"))
      one(".rg-sources")?.classList.remove("rg-live");
    const jump = event.target.closest?.("[data-goto]");
    const button = event.target.closest?.("[data-drop]");
    const full = event.target.closest?.("[data-full]");
    if (full) {
      window.rgPassage = full.dataset.full;
      one("#rg-full-opener")?.click();
    }
    event.target.closest?.("[data-close]")?.closest("dialog").close();
    const opened = event.target.closest?.("[data-open]");
    if (button) drop(button);
    if (opened) {
      window.rgWanted = opened.dataset.open;
      one("#rg-opener")?.click();
    }
    if (!jump) return;
    event.preventDefault();
    const open = (field) => !field.disabled && !field.value.trim();
    goTo(
      jump.dataset.goto === "slot"
        ? all("[data-slot]").find(open)?.closest("p")
        : document.getElementById(jump.dataset.goto),
    );
  });

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.matches?.("[data-confirm]")) window.rgKeep();
    if (field.matches?.("[data-slot]")) {
      field.toggleAttribute("data-filled", field.value.trim() !== "");
      window.rgKeep();
    }
    if (field.matches?.("[data-card]")) window.rgShowTick(field);
  });

  // The look is made for light: paper is white, and its colours mean something.
  const light = () => document.body.classList.contains("dark") && document.body.classList.remove("dark");
  document.addEventListener("DOMContentLoaded", () => {
    document.documentElement.lang = "zh-CN";
    light();
    new MutationObserver(light).observe(document.body, { attributeFilter: ["class"] });
  });
})();
