// The indexer's script: what a button in a list asks for, and which rows are picked. No text
// from documents is built into HTML here.
(() => {
  const one = (selector) => document.querySelector(selector);
  const boxes = () => [...document.querySelectorAll("#rg-documents [data-row]")];
  let whole = false; // all that match are picked, also those on other pages

  function ask(name, value) {
    window.rgAct = value;
    one(`#rg-act-${name}`)?.click();
  }

  function tell() {
    const bar = one("#rg-documents .rg-picked");
    if (!bar) return;
    const ticked = boxes().filter((box) => box.checked).length;
    const count = whole ? Number(bar.dataset.count) : ticked;
    bar.hidden = count === 0;
    bar.querySelector("[data-picked-count]").textContent = count;
    const page = one("#rg-documents [data-rows]");
    page.checked = ticked > 0 && ticked === boxes().length;
    page.indeterminate = ticked > 0 && !page.checked;
    const rest = bar.querySelector("[data-pick-all]");
    if (rest) rest.hidden = whole || !page.checked;
  }

  function setAll(checked) {
    for (const box of boxes()) box.checked = checked;
  }

  document.addEventListener("change", ({ target }) => {
    if (target.matches?.("[data-split-kind]"))
      ask("split", `kind:${target.dataset.splitKind}:${target.value}:${target.dataset.mark}`);
    if (!target.matches?.("[data-row], [data-rows]")) return;
    whole = false;
    if (target.matches("[data-rows]")) setAll(target.checked);
    tell();
  });

  document.addEventListener("click", (event) => {
    const on = (name) => event.target.closest?.(`[data-${name}]`);
    const [act, picked] = [on("index-act"), on("picked")];
    if (on("pick-all")) {
      whole = true;
      tell();
    }
    if (on("pick-none")) {
      whole = false;
      setAll(false);
      tell();
    }
    if (picked) {
      const ids = boxes().filter((box) => box.checked).map((box) => box.dataset.row);
      const region = one("#rg-documents [data-pick-region]")?.value || "";
      ask("pick", JSON.stringify({ what: picked.dataset.picked, all: whole, ids, region }));
      if (["own", "other", "region"].includes(picked.dataset.picked)) {
        whole = false;
        setAll(false);
        tell();
      }
    }
    if (act) ask(act.dataset.indexAct, act.dataset.value);
  });

  // What a click brought is brought up where it lies below the screen.
  window.rgBringUp = (selector) =>
    setTimeout(() => one(selector)?.scrollIntoView({ behavior: "smooth", block: "nearest" }), 300);

  // The list is written anew over the old, node by node: what was ticked must not stay with
  // other rows.
  let shown = null;
  new MutationObserver(() => {
    const bar = one("#rg-documents .rg-picked");
    if (bar && bar.dataset.of === shown) {
      if (bar.hidden === (whole || boxes().some((box) => box.checked))) tell();
      return;
    }
    shown = bar?.dataset.of;
    whole = false;
    setAll(false);
    tell();
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-of", "hidden"] });
})();
