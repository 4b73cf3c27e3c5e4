// Gradio's own words in Chinese, whatever language the browser asks for. It takes those that it
// has from the browser's language, which is told here before its script runs; those that it
// says in English to everybody (6.31) are put right as they are drawn.
(() => {
  for (const [name, value] of [["language", "zh-CN"], ["languages", Object.freeze(["zh-CN", "zh"])]])
    Object.defineProperty(navigator, name, { configurable: true, get: () => value });

  const NAMES = {
    "More tabs": "更多标签",
    "Click to upload or drop files": "点击选择文件，或者把文件拖到这里",
    "File upload": "选择文件",
    "common.upload": "再加文件",
    "common.complete": "完成",
    "common.progress": "进度",
    "common.remove": "去掉",
    "Remove this file": "去掉这个文件",
    "Close": "关闭",
    "Clear": "清除",
    "Dropdown options": "选项",
  };
  const FAILED = "没有做成，原因写在右上角：照着改好，再来一次"; // laid over the box
  function translateNames(root) {
    for (const box of [root, ...root.querySelectorAll('[aria-label="Click to upload or drop files"]')])
      if (box.getAttribute?.("aria-label") === "Click to upload or drop files") {
        const what = box.closest(".block")?.querySelector('[data-testid="block-label"]')?.textContent.trim();
        if (what) box.setAttribute("aria-label", `${what}：${NAMES["Click to upload or drop files"]}`);
      }
    for (const name of ["aria-label", "title"])
      for (const element of [root, ...root.querySelectorAll(`[${name}]`)]) {
        const word = NAMES[element.getAttribute?.(name)];
        if (word) element.setAttribute(name, word);
      }
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode())
      if (node.data.startsWith("common.") && NAMES[node.data]) node.data = NAMES[node.data];
      else if (node.data.trim() === "错误" && node.parentNode.matches?.(".error")) node.data = FAILED;
  }

  // The box for more files is a button inside a button that does nothing: the keyboard needs
  // the inner one only.
  function unwrap(root) {
    for (const inner of root.querySelectorAll("button.icon-button button")) {
      const outer = inner.closest("button.icon-button");
      outer.setAttribute("role", "group");
      outer.tabIndex = -1;
      if (inner.ariaLabel !== outer.ariaLabel) inner.ariaLabel = outer.ariaLabel;
    }
  }

  // Every message is headed in English, whatever title it was given, and a file over the limit
  // is refused in English before it is sent.
  const TITLES = { Error: "请注意 ", Info: "好了 ", Warning: "请注意 " };
  const TOO_LARGE = /^\s*File\(s\) exceed the maximum allowed size of ([^:]+): ([\s\S]*)$/;
  // What Gradio says when nothing came through: the server is gone, or a file cannot be sent.
  const LOST = /^\s*(?:Connection errored out\.|(?:TypeError: )?Failed to fetch|NetworkError)/;
  const AWAY = /^\s*Connection to the server was lost/; // it tries again by itself
  const AWAY_SAID = "连不上服务了：您写的字还在这里，连上以后自动保存，先不要关这个窗口。";
  const LOST_SAID =
    "没有连上，这一步没有完成。是在放文件的：请看文件还在不在、有没有被别的程序占用，再放一次；" +
    "别的时候：请看服务是不是还开着，再刷新页面。";
  function translateToasts() {
    for (const title of document.querySelectorAll(".toast-title"))
      for (const node of title.childNodes)
        if (node.nodeType === Node.TEXT_NODE && TITLES[node.data.trim()])
          node.data = TITLES[node.data.trim()];
    for (const body of document.querySelectorAll(".toast-body")) {
      const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        if (AWAY.test(node.data)) {
          node.data = AWAY_SAID;
          document.body.classList.add("rg-away");
        }
        const found = node.data.match(TOO_LARGE);
        if (!found && !LOST.test(node.data)) continue;
        if (!found) node.data = LOST_SAID;
        else
          node.data =
            `文件太大：${found[2].replaceAll('", "', "、").replaceAll('"', "")}。一个文件最多 ` +
            `${found[1]}：请拆成几个，或者去掉里面的图片另存，再放进来。`;
        window.rgTellBox?.(node.data);
      }
    }
  }
  new MutationObserver((changes) => {
    translateToasts();
    unwrap(document.body || document.documentElement);
    for (const { type, target, addedNodes } of changes)
      if (type === "attributes") translateNames(target);
      else if (type === "characterData") translateNames(target.parentNode || target);
      else for (const node of addedNodes) translateNames(node.nodeType === Node.ELEMENT_NODE ? node : target);
  }).observe(document.documentElement, {
    attributeFilter: ["aria-label", "title"],
    childList: true,
    characterData: true,
    subtree: true,
  });
})();
