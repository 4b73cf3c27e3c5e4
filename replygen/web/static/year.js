// The list of the year: narrowed and ordered in the browser, a proposal of it opened at the
// desk. No text from documents is built into HTML here.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const kept = { words: "", mark: "", order: "place" }; // stays when the list is drawn anew

  function fits(row) {
    const marks = row.dataset.marks.split(" ");
    const words = kept.words.toLowerCase().split(/\s+/).filter(Boolean);
    const text = row.textContent.toLowerCase();
    return (!kept.mark || marks.includes(kept.mark)) && words.every((word) => text.includes(word));
  }

  // Days in ISO order; what has no day, or one in words, comes last.
  function before(left, right) {
    const place = left.dataset.place - right.dataset.place;
    if (kept.order === "place") return place;
    const day = (row) => (/^\d{4}-\d\d-\d\d$/.test(row.dataset.due) ? row.dataset.due : "9999");
    return day(left).localeCompare(day(right)) || place;
  }

  function apply(list) {
    const rows = all("[data-year-row]", list).sort(before);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row);
      shown += !row.hidden;
      row.parentElement.append(row);
    }
    const count = shown === rows.length ? `共 ${shown} 件` : `显示 ${shown} 件，共 ${rows.length} 件`;
    if (one("[data-year-count]", list).textContent !== count)
      one("[data-year-count]", list).textContent = count;
    one("[data-year-nothing]", list).hidden = shown > 0;
  }

  function restore(list) {
    list.dataset.drawn = "1";
    one("[data-year-words]", list).value = kept.words;
    one("[data-year-order]", list).value = kept.order;
    const mark = one("[data-year-mark]", list);
    mark.value = kept.mark;
    if (mark.value !== kept.mark) kept.mark = mark.value = "";
    apply(list);
  }

  // The draft that the server made is opened as one from the list of drafts is.
  window.rgToDesk = (id) => {
    if (!id) return;
    all("[role=tab]").find((tab) => tab.textContent.trim() === "起草")?.click();
    window.rgWantedDraft = id;
    one("#rg-open")?.click();
    window.scrollTo(0, 0);
  };

  const field = { yearWords: "words", yearMark: "mark", yearOrder: "order" };
  for (const type of ["input", "change"])
    document.addEventListener(type, (event) => {
      const name = Object.keys(field).find((key) => key in (event.target.dataset || {}));
      if (!name) return;
      kept[field[name]] = event.target.value.trim();
      apply(event.target.closest(".rg-year"));
    });

  document.addEventListener("click", (event) => {
    const opened = event.target.closest?.("[data-year-open]");
    if (!opened) return;
    window.rgYearKey = opened.dataset.yearOpen;
    one("#rg-year-opener")?.click();
  });

  new MutationObserver(() => {
    const list = one(".rg-year:not([data-drawn])");
    if (list) restore(list);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
