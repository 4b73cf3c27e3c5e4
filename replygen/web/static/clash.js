// What was written in this window while another one wrote at the same place. It is listed by draft
// until the clerk puts it aside, also over a reload. Texts go into nodes only, never into HTML.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const nameOf = (draft) => `rg-refused:${draft}`;
  const read = (draft) => JSON.parse(localStorage.getItem(nameOf(draft)) || "[]");
  let shown = "";

  // What is written again at one place takes the place of what was written there before.
  window.rgKeepAside = (draft, more) => {
    const rest = read(draft).filter((old) => !more.some((m) => m.what === old.what && m.mine.startsWith(old.mine)));
    localStorage.setItem(nameOf(draft), JSON.stringify([...rest, ...more]));
    show(draft);
  };
  function take(news) {
    const draft = news.closest("[data-draft]").dataset.draft;
    news.removeAttribute("data-refused-now");
    window.rgKeepAside(draft, JSON.parse(news.dataset.refused));
  }

  function show(draft) {
    const box = one(".rg-clash"), list = draft ? read(draft) : [];
    if (!box) return;
    shown = draft || "-";
    box.hidden = !list.length;
    one("ul", box).replaceChildren(
      ...list.map((refused) => {
        const row = one("template", box).content.firstElementChild.cloneNode(true);
        for (const part of row.querySelectorAll("[data-part]")) part.textContent = refused[part.dataset.part];
        one("[data-clash-copy]", row).hidden = !refused.mine;
        one("small", row).hidden = !refused.theirs;
        return row;
      }),
    );
  }

  document.addEventListener("click", (event) => {
    const copy = event.target.closest?.("[data-clash-copy]");
    if (copy) window.rgCopy(copy, one("[data-part=mine]", copy.parentElement).textContent);
    if (!event.target.closest?.("[data-clash-done]")) return;
    localStorage.removeItem(nameOf(window.rgOpenId()));
    show(window.rgOpenId());
    one("[data-letter]")?.focus({ preventScroll: true });
  });

  new MutationObserver(() => {
    const news = one("[data-refused-now]");
    if (news) take(news);
    if (shown !== (window.rgOpenId() || "-")) show(window.rgOpenId());
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
