// A folder that is dropped on a box for files: a browser hands over its name only, so the files
// in it are taken one by one where the box takes several. What cannot be taken is said beside
// the box. No text from documents is built into HTML.
(() => {
  const MOST = 2000;
  const SKIPPED = /^(?:\.|~\$)|^(?:thumbs\.db|desktop\.ini|__macosx)$/i;

  const boxOf = (target) => {
    const box = target.closest?.(".block");
    return box?.querySelector("input[type=file], [data-testid=file-upload]") ? box : null;
  };

  function tell(box, words) {
    let line = box.nextElementSibling;
    if (!line?.matches(".rg-dropped")) {
      line = document.createElement("p");
      line.className = "rg-warnings rg-bad rg-dropped";
      line.setAttribute("role", "alert");
      if (words) box.after(line);
    }
    if (words) line.textContent = words;
    else line.remove();
  }

  // A message that passes in the corner stays beside the box that was used last.
  let last = null, used = 0;
  function use(box) {
    last = box;
    used = Date.now();
    if (box) tell(box, "");
  }
  window.rgTellBox = (words) => last?.isConnected && Date.now() - used < 60_000 && tell(last, words);
  document.addEventListener("change", ({ target }) => target.matches?.("input[type=file]") && use(boxOf(target)), true);

  async function readFolder(folder, found) {
    const reader = folder.createReader();
    for (;;) {
      const entries = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!entries.length) return;
      await readAll(entries, found);
    }
  }
  async function readAll(entries, found) {
    for (const entry of entries) {
      if (SKIPPED.test(entry.name)) continue;
      if (entry.isDirectory) await readFolder(entry, found);
      else found.push(await new Promise((done, fail) => entry.file(done, fail)));
      if (found.length > MOST) throw new RangeError();
    }
  }

  async function take(box, input, entries) {
    const found = [];
    try {
      await readAll(entries, found);
    } catch (error) {
      const many = error instanceof RangeError;
      return tell(
        box,
        many
          ? `文件夹里的文件超过 ${MOST} 个：请压缩成一个 zip，再把 zip 放进来。`
          : "文件夹里有打不开的文件：请关掉占用它的程序再放一次，或者压缩成一个 zip 放进来。",
      );
    }
    if (!found.length) return tell(box, "这个文件夹是空的，没有可以加的文件。");
    const files = new DataTransfer();
    for (const file of found) files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener(
    "drop",
    (event) => {
      const box = boxOf(event.target);
      if (!box) return;
      use(box);
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      if (!entries.some((entry) => entry.isDirectory)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const input = box.querySelector("input[type=file]");
      if (input?.multiple) take(box, input, entries);
      else tell(box, "这里放不进文件夹：请打开文件夹，选里面的文件。");
    },
    true,
  );
})();
