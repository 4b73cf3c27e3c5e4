// The open places of the letter: they grow with their text, Tab and Enter lead to the next open
// one, a day comes from a calendar or is today.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const slot = (name) => document.querySelector(`[data-slot="${name}"]`);
  const SLOTS = "[data-slot]:not(:disabled)";
  const GROWS = CSS.supports("field-sizing", "content"); // else by hand

  function fit(field) {
    if (GROWS || field.tagName !== "TEXTAREA") return;
    if (field.matches(".rg-short")) {
      const words = field.value || field.placeholder;
      field.style.width = `${[...words].reduce((sum, c) => sum + (c > "\u00ff" ? 1.02 : 0.58), 1.2)}em`;
    }
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  // The next open place behind one. Enter leads from the last to the first that is still open;
  // Tab leaves the letter there, or who has no mouse never gets out of it; a promise that nobody
  // confirmed is a stop on its way.
  const open = (place) => ("confirm" in place.dataset ? !place.checked : !place.value.trim());
  function next(field, around) {
    const fields = all(around ? SLOTS : `${SLOTS}, [data-confirm]`);
    const at = fields.indexOf(field);
    const before = around ? fields.slice(0, at) : [];
    return [...fields.slice(at + 1), ...before].find(open);
  }

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key === "Escape" && field.matches?.("[data-letter] [data-slot]") && !event.isComposing)
      return field.closest("[data-src], [data-sentence], p")?.focus();
    if (event.key === "Enter" && field.matches?.("[data-confirm]")) return; // the page's own
    if (!field.matches?.("[data-slot], [data-letter], [data-confirm]") || event.isComposing || event.shiftKey || event.altKey) return;
    if (!["Enter", "Tab"].includes(event.key) || event.ctrlKey) return;
    if (field.matches("[data-letter]") && event.key === "Enter") return;
    const there = next(field, event.key === "Enter");
    if (there || event.key === "Enter") event.preventDefault();
    there?.focus();
    there?.scrollIntoView({ block: "nearest" });
    if (!there && event.key === "Enter") field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  const put = (name, day) => write(slot(name), day);
  function write(field, day) {
    if (!field || !day) return;
    const [year, month, date] = day.split("-").map(Number);
    field.value = `${year}年${month}月${date}日`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  }
  document.addEventListener("click", (event) => {
    const today = event.target.closest?.("[data-today]");
    if (!today) return;
    const now = new Date();
    put(today.dataset.today, `${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()}`);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-day]")) put(event.target.dataset.day, event.target.value);
    if (event.target.matches?.("[data-day-beside]")) write(event.target.previousElementSibling, event.target.value);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-slot]")) fit(event.target);
  });

  let drawn = null;
  new MutationObserver(() => {
    const letter = document.querySelector("[data-letter]");
    if (letter === drawn) return;
    drawn = letter;
    all("[data-slot]").forEach(fit);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
