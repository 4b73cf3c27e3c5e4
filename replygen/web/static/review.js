// The reviewer's and the indexer's script: decisions on findings, places behind other tabs,
// files that are made when asked for. No text from documents is built into HTML here.
(() => {
  const one = (selector) => document.querySelector(selector);
  const byId = (id) => document.getElementById(id);
  let decided = "";

  function decide(button) {
    const form = button.closest(".rg-why");
    const value = (name) => form?.querySelector(`[data-${name}]`)?.value || "";
    decided = button.dataset.key;
    window.rgDecision = JSON.stringify({
      key: button.dataset.key,
      what: button.dataset.decide,
      reason: value("reason"),
      basis: value("basis"),
    });
    byId("rg-decide")?.click();
  }

  // The list is made anew after a decision: the keyboard stays where it was, or where the
  // user has gone in that card meanwhile.
  window.rgDecided = () =>
    setTimeout(() => {
      const card = byId(`rg-f-${decided}`);
      if (!card?.contains(document.activeElement)) card?.focus({ preventScroll: true });
    }, 150);

  function toggleWhy(key) {
    const form = byId(`rg-why-${key}`);
    if (!form) return;
    form.hidden = !form.hidden;
    const opener = one(`.rg-acts > [data-why="${key}"]`);
    opener?.setAttribute("aria-expanded", String(!form.hidden));
    (form.hidden ? opener : form.querySelector("textarea"))?.focus();
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

  window.rgFetch = (id) => setTimeout(() => byId(id)?.click(), 250);

  window.rgShowLook = () =>
    setTimeout(() => {
      const shown = [...document.querySelectorAll(".rg-full[open]")].find((d) => d.offsetParent);
      shown?.querySelector("mark")?.scrollIntoView({ block: "center" });
      shown?.querySelector("[data-close]")?.focus();
    }, 150);

  document.addEventListener("click", (event) => {
    const on = (name) => event.target.closest?.(`[data-${name}]`);
    if (event.target.closest?.("[role=tab]")?.textContent.trim() === "审核")
      byId("rg-stored-refresh")?.click();
    if (on("decide")) decide(on("decide"));
    if (on("why")) toggleWhy(on("why").dataset.why);
    if (on("goto")?.dataset.goto.startsWith("rg-c-")) showPlace(on("goto").dataset.goto);
    if (on("close")) on("close").closest("dialog")?.close();
    if (on("look")) {
      window.rgLook = on("look").dataset.look;
      const inIndex = on("look").closest(".rg-plots, .rg-kinds, .rg-cited, .rg-found") && !on("look").closest("#rg-review-tabs");
      byId(inIndex ? "rg-index-looker" : "rg-looker")?.click();
    }
    if (on("show-tab"))
      [...document.querySelectorAll(`#${on("show-tab").dataset.showTab} [role=tab]`)]
        .find((tab) => tab.textContent.trim() === on("show-tab").dataset.name)
        ?.click();
    if (on("page-to")) {
      window.rgPageTo = on("page-to").dataset.pageTo;
      byId("rg-pager")?.click();
    }
  });

  // Gradio 6 heads every message in English, whatever title it was given, and refuses a file
  // over the limit in English before it is sent.
  const TITLES = { Error: "请注意 ", Info: "好了 ", Warning: "请注意 " };
  const TOO_LARGE = /^\s*File\(s\) exceed the maximum allowed size of ([^:]+): ([\s\S]*)$/;
  function translateToasts() {
    for (const title of document.querySelectorAll(".toast-title"))
      for (const node of title.childNodes)
        if (node.nodeType === Node.TEXT_NODE && TITLES[node.data.trim()])
          node.data = TITLES[node.data.trim()];
    for (const body of document.querySelectorAll(".toast-body")) {
      const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const found = node.data.match(TOO_LARGE);
        if (found)
          node.data =
            `文件太大：${found[2].replaceAll('", "', "、").replaceAll('"', "")}。一个文件最多 ` +
            `${found[1]}：请拆成几个，或者去掉里面的图片另存，再放进来。`;
      }
    }
  }
  new MutationObserver(translateToasts).observe(document.documentElement, {
    childList: true,
    characterData: true,
    subtree: true,
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".rg-full[open]").forEach((dialog) => dialog.close());
    const form = event.target.closest?.(".rg-why");
    if (form && !form.hidden) toggleWhy(form.id.replace("rg-why-", ""));
  });
})();
