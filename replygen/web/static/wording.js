// The switch 规则稿 / 模型稿 of an ask: what was pressed is sent; the letter comes back with it.
(() => {
  let wish = "";
  window.rgWording = () => wish;
  const send = (what) => {
    wish = JSON.stringify(what);
    document.querySelector("#rg-word")?.click();
  };
  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest?.(selector);
    if (hit("[data-word-stop]")) return document.querySelector("#rg-word-stop")?.click();
    const button = hit("[data-word]");
    if (!button) return;
    window.rgCommit();
    send({ ask: Number(button.dataset.word), how: button.dataset.how, agreed: "agreed" in button.dataset });
  });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches?.("[data-take]")) return;
    window.rgCommit();
    send({ ask: Number(box.dataset.take), how: "take", place: box.dataset.place, on: box.checked });
  });
})();
