// What an empty page offers: the tabs that it leads to are opened here. No text from documents
// is built into HTML.
(() => {
  const byId = (id) => document.getElementById(id);
  const tab = (name, within = document) =>
    [...within.querySelectorAll("[role=tab]")].find((one) => one.textContent.trim() === name);

  // To where the unit's own files are added; its tabs are drawn when the outer one is opened.
  function goToOwn(tries = 30) {
    const inner = byId("rg-index-tabs") && tab("加入材料", byId("rg-index-tabs"));
    if (!inner) return tries && setTimeout(() => goToOwn(tries - 1), 100);
    inner.click();
    setTimeout(() => {
      byId("rg-own")?.querySelectorAll("input[type=radio]")[1]?.click();
      byId("rg-add")?.querySelector("button")?.focus();
    }, 300);
  }

  // What was added is shown in the tab that is open.
  window.rgTabAgain = () => {
    const open = document.querySelector("[role=tab][aria-selected=true]");
    if (open?.textContent.trim() === "语料库") byId("rg-pager")?.click();
  };

  // What stands above the tabs is asked for anew: when a batch begins, every two seconds while
  // it says that one runs, and so once more when it has ended.
  window.rgWelcomeAgain = () => byId("rg-welcome-show")?.click();
  setInterval(() => {
    if (!document.hidden && document.querySelector("#rg-welcome [data-running]")) window.rgWelcomeAgain();
  }, 2000);

  document.addEventListener("click", ({ target }) => {
    const on = (name) => target.closest?.(`[data-${name}]`);
    if (on("welcome")) {
      window.rgWelcome = on("welcome").dataset.welcome;
      byId("rg-welcome-act")?.click();
    }
    if (on("welcome-draft")) byId("rg-welcome-draft")?.click();
    if (on("main-tab")) tab(on("main-tab").dataset.mainTab)?.click();
    if (on("welcome-own")) {
      tab("语料库")?.click();
      goToOwn();
    }
    // what was added or saved behind the tabs changes what is offered above them
    if (target.closest?.("[role=tab]") && byId("rg-welcome")?.textContent.trim()) byId("rg-welcome-show")?.click();
  });
})();
