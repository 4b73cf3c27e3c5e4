// The reviewer's and the indexer's script: decisions on findings, places behind other tabs,
// files that are made when asked for. No text from documents is built into HTML here.
(() => {
  const one = (selector) => document.querySelector(selector);
  const byId = (id) => document.getElementById(id);
  let decided = "";
  const typed = new Map(); // by the card's key: what stands in its form and is not decided yet
  let lastOpen = ""; // the card that was gone to last

  function decide(button) {
    const form = button.closest(".rg-why");
    const value = (name) => form?.querySelector(`[data-${name}]`)?.value || "";
    const alike = byId(`rg-f-${button.dataset.key}`)?.querySelector("[data-alike]");
    decided = button.dataset.key;
    window.rgDecision = JSON.stringify({
      key: [button.dataset.key, ...(alike?.checked ? [alike.dataset.alike] : [])].join("-"),
      what: form?.querySelector("[data-how]:checked")?.value || button.dataset.decide,
      reason: value("reason"),
      basis: value("basis"),
      words: form?.dataset.words || "",
    });
    byId("rg-decide")?.click();
  }

  // The list is made anew after a decision: the keyboard stays where it was, or where the
  // user has gone in that card meanwhile.
  // What is missing for a decision stands in its form.
  window.rgDecided = (wrong) =>
    setTimeout(() => {
      if (!wrong) typed.delete(decided);
      putBack();
      narrow(byId("rg-review-reading")?.dataset.only || "");
      const card = byId(`rg-f-${decided}`) || byId(`rg-why-${decided}`)?.parentElement;
      const told = card?.querySelector("[data-wrong]");
      if (told) {
        told.textContent = wrong || "";
        told.hidden = !wrong;
      }
      if (card?.contains(document.activeElement)) return;
      (card?.matches("[tabindex]") ? card : card?.querySelector("button"))?.focus({ preventScroll: true });
    }, 150);

  // What was typed in the form of another card, or of one that was shut, is not lost.
  const FIELDS = ["reason", "basis"];
  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.(".rg-why");
    if (!form) return;
    const kept = { how: form.querySelector("[data-how]:checked")?.value, words: form.dataset.words };
    for (const name of FIELDS) kept[name] = form.querySelector(`[data-${name}]`)?.value || "";
    typed.set(form.id.replace("rg-why-", ""), kept);
  });
  function putBack() {
    for (const [key, kept] of typed) {
      const form = byId(`rg-why-${key}`);
      if (!form) continue;
      for (const name of FIELDS) {
        const field = form.querySelector(`[data-${name}]`);
        if (field && !field.value) field.value = kept[name];
      }
      const how = kept.how && form.querySelector(`[data-how][value="${kept.how}"]`);
      if (how) how.checked = true;
      tellWords(form, kept.words || "");
      if (form.hidden && FIELDS.some((name) => kept[name])) openWhy(key, true);
    }
  }
  function openWhy(key, open) {
    byId(`rg-why-${key}`).hidden = !open;
    opener(key)?.setAttribute("aria-expanded", String(open));
  }
  const opener = (key) => one(`[data-why="${key}"][aria-expanded]`);

  // A comment is on the words that are selected in its paragraph, or on all of it.
  function tellWords(form, words) {
    const told = form.querySelector("[data-chosen]");
    if (!told) return;
    form.dataset.words = words;
    told.textContent = words ? `“${words}”` : "整段（先选中几个字再点“写意见”，就只对那几个字）";
  }
  function selectedIn(paragraph) {
    const selection = getSelection();
    const inside = selection.rangeCount && paragraph?.contains(selection.getRangeAt(0).commonAncestorContainer);
    return inside ? selection.toString().trim() : "";
  }
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.(".rg-say-open")) event.preventDefault(); // the selection stays
  });

  function toggleWhy(key) {
    const form = byId(`rg-why-${key}`);
    if (!form) return;
    if (form.hidden) tellWords(form, selectedIn(form.closest(".rg-passage")?.querySelector("[data-paragraph]")));
    openWhy(key, form.hidden);
    (form.hidden ? opener(key) : form.querySelector("textarea"))?.focus();
  }

  // The paragraph at hand, the asks that it answers and the precedents near it stand together.
  function follow(paragraph) {
    const three = byId("rg-review-three");
    const n = paragraph.dataset.paragraph;
    const marked = (selector, fits) => {
      const found = [...three.querySelectorAll(selector)].filter(fits);
      for (const old of three.querySelectorAll(`${selector}.rg-in-focus`)) old.classList.remove("rg-in-focus");
      for (const one of found) one.classList.add("rg-in-focus");
      if (found.length) showInColumn(found[0]);
      return found.length;
    };
    marked("[data-paragraph]", (p) => p === paragraph);
    marked("[data-paragraphs]", (ask) => ask.dataset.paragraphs.split(" ").includes(n));
    const near = marked("[data-near]", (section) => section.dataset.near === n);
    const told = three.querySelector("[data-near-told]");
    if (told) told.textContent = `第 ${Number(n) + 1} 段：${near ? "相近的先例在下面标出" : "没有相近的先例"}。`;
  }
  // Only its column moves: where the page moved, a click would miss what it was meant for.
  function showInColumn(section) {
    const column = section.closest(".column");
    const top = section.getBoundingClientRect().top - column.getBoundingClientRect().top;
    if (top < 0 || top + section.offsetHeight > column.clientHeight) column.scrollBy({ top: top - 30 });
  }
  for (const type of ["click", "focusin"])
    document.addEventListener(type, ({ target }) => {
      if (type === "focusin" && !target.matches(":focus-visible")) return; // the click comes
      const paragraph = target.closest?.("#rg-review-three .rg-row")?.querySelector("[data-paragraph]");
      if (paragraph && !paragraph.classList.contains("rg-in-focus")) follow(paragraph);
    });

  // Only the findings of one severity, or all; the column keeps it when its text is made anew.
  function narrow(severity) {
    const column = byId("rg-review-reading");
    if (column) column.dataset.only = severity;
    for (const button of document.querySelectorAll(".rg-filter [data-filter]"))
      button.setAttribute("aria-pressed", String(button.dataset.filter === severity));
  }

  window.rgNarrow = narrow;

  // Another paper is read from its beginning; the proposal of the one before does not go along.
  let used = false;
  window.rgReviewed = () => {
    used = true;
    typed.clear();
    narrow("");
    openTab("对读");
    setTimeout(putName, 150);
    byId("rg-review-reading")?.scrollTo({ top: 0 });
  };
  window.rgNewProposal = () => {
    used = false;
  };
  window.rgNextPaper = (asked) => {
    const kept = used ? null : asked;
    used = false;
    return kept;
  };
  function openTab(name) {
    for (const tab of document.querySelectorAll("#rg-review-tabs [role=tab]"))
      if (tab.textContent.trim() === name) tab.click();
  }

  // From one finding that nobody has decided on to the next in the order of the text, round and
  // round; the filter above says which of them.
  function goToNextOpen() {
    const cards = [...document.querySelectorAll("#rg-review-three .rg-judged > li[id]")]
      .filter((card) => getComputedStyle(card).display !== "none");
    const at = cards.findIndex((card) => card.id === lastOpen);
    const next = [...cards.slice(at + 1), ...cards].find((card) => card.classList.contains("rg-open"));
    if (!next) return;
    lastOpen = next.id;
    showPlace(next.id);
    next.scrollIntoView({ block: "center" });
    next.focus({ preventScroll: true });
  }

  // A paragraph that stands behind another tab is brought to the front first.
  function showPlace(id) {
    const target = byId(id);
    if (!target || target.offsetParent) return;
    one("#rg-review-tabs [role=tab]")?.click();
    setTimeout(() => {
      target.scrollIntoView({ block: "center" });
      target.classList.add("rg-flash");
      target.focus({ preventScroll: true });
    }, 250);
  }

  // The reviewer writes her name once on a machine; it is there again another day.
  const NAME = "rg-reviewer";
  const nameField = () => one("#rg-verdict-by textarea, #rg-verdict-by input");
  document.addEventListener("change", ({ target }) => {
    if (target === nameField()) localStorage.setItem(NAME, target.value.trim());
  });
  function putName() {
    const [field, kept] = [nameField(), localStorage.getItem(NAME)];
    if (!field || !kept || field.value) return;
    field.value = kept;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  window.rgFetch = (id) => setTimeout(() => byId(id)?.click(), 250);

  document.addEventListener("click", (event) => {
    const on = (name) => event.target.closest?.(`[data-${name}]`);
    if (event.target.closest?.("[role=tab]")?.textContent.trim() === "审核")
      byId("rg-stored-refresh")?.click();
    if (on("decide")) decide(on("decide"));
    if (on("next-open")) goToNextOpen();
    if (on("tab")) openTab(on("tab").dataset.tab);
    if (on("filter")) narrow(on("filter").dataset.filter);
    if (on("why")) toggleWhy(on("why").dataset.why);
    if (on("goto")?.dataset.goto.startsWith("rg-c-")) showPlace(on("goto").dataset.goto);
    if (on("look")) {
      window.rgLook = on("look").dataset.look;
      const inIndex = on("look").closest(".rg-plots, .rg-kinds, .rg-cited, .rg-found, .rg-outcomes") && !on("look").closest("#rg-review-tabs");
      byId(inIndex ? "rg-index-looker" : "rg-looker")?.click();
    }
    if (on("restore")) {
      window.rgRestored = on("restore").dataset.restore;
      byId("rg-restorer")?.click();
    }
    if (on("unfollow")) {
      window.rgSource = on("unfollow").dataset.unfollow;
      byId("rg-unfollower")?.click();
    }
    if (on("take-in")) {
      window.rgTakenIn = on("take-in").dataset.takeIn;
      byId("rg-taker")?.click();
    }
    if (on("page-to")) {
      window.rgPageTo = on("page-to").dataset.pageTo;
      byId("rg-pager")?.click();
    }
  });

  // The tabs of a list change with the arrow keys (WAI-ARIA, tabs).
  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.("[role=tab]");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!tab || !step) return;
    const tabs = [...tab.closest("[role=tablist]").querySelectorAll("[role=tab]")].filter((one) => one.offsetParent);
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    event.preventDefault();
    next.click();
    next.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const form = event.target.closest?.(".rg-why");
    if (form && !form.hidden) toggleWhy(form.id.replace("rg-why-", ""));
  });
})();
