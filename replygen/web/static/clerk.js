// The clerk's part of the page: the list of drafts, the fields of a proposal, its asks. What
// is changed is sent to be stored; no text from documents is built into HTML here.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const press = (id) => one(`#${id}`)?.click();
  const OPEN = "rg-draft"; // the open draft of this window, kept over a reload

  window.rgKeepId = (id) => {
    if (id) sessionStorage.setItem(OPEN, id);
    else sessionStorage.removeItem(OPEN);
  };
  // Which window asks, and the revision of the draft that it shows: what another window
  // stored since is not to be written over. A copy of a window gets a name of its own.
  let sent = 0;
  const WINDOW = Math.random().toString(36).slice(2);
  let here = ""; // the draft for which something is sent
  window.rgMark = (id) => {
    const revision = one("[data-revision]")?.dataset.revision || 0;
    here = id || window.rgOpenId(); // under load the server's word may still be on its way
    return here ? `${here}:${WINDOW}:${revision}:${++sent}` : "";
  };
  // The window goes back to the first step.
  window.rgLeft = () => `:${WINDOW}:0:${++sent}`;
  // Only what the screen holds of that draft is sent for it.
  window.rgIsHere = (part) => part?.closest("[data-draft]")?.dataset.draft === here;
  window.rgOpenId = () => sessionStorage.getItem(OPEN) || "";
  window.rgStarted = () => document.body.classList.add("rg-ready");
  // A file that the server just wrote of what the screen holds.
  window.rgTake = (file) => {
    if (!file?.url) return;
    const link = document.createElement("a");
    link.href = file.url;
    link.download = file.orig_name || "";
    link.click();
  };

  // What a reviewer said meanwhile stands in the list when the clerk comes back to it.
  const renewList = () => {
    if (document.hidden || one("#rg-drafts")?.contains(document.activeElement)) return;
    if (one("#rg-drafts")?.offsetParent) press("rg-list");
  };
  document.addEventListener("visibilitychange", renewList);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[role=tab]")?.textContent.trim() === "起草") setTimeout(renewList, 200);
  });

  // ── storing ──────────────────────────────────────────────────────────────
  // `typed` counts what was changed on the screen, `taken` how much of it was sent, `stored`
  // how much of it the server said to hold.
  let timer, typed = 0, taken = 0, stored = 0;
  window.rgUnsent = () => typed !== stored;
  window.rgKept = () => {
    stored = taken;
    document.body.classList.remove("rg-away");
    if (!window.rgUnsent()) all(".rg-saving").forEach((line) => line.classList.remove("rg-saving"));
    setTimeout(() => {
      if (window.rgUnsent()) one(".rg-saved")?.classList.add("rg-saving");
      const due = one(".rg-new-due")?.firstElementChild;
      if (due) one(".rg-deadline-words")?.replaceChildren(due.cloneNode(true));
    }, 100);
  };
  function keep(delay = 400) {
    typed += 1;
    one(".rg-saved")?.classList.add("rg-saving");
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }
  function send() {
    // what the screen held before a step was undone is not sent after it
    if (window.rgIsTurning()) timer = setTimeout(send, 100);
    else press("rg-keep");
  }
  window.rgKeep = keep;
  // What is waiting to be sent goes with the step that is undone.
  window.rgHold = () => {
    clearTimeout(timer);
    clearTimeout(redo);
    document.body.classList.remove("rg-stale");
    window.rgForget();
  };

  // What the letter hangs on was changed: it is composed anew when nobody types any more, or
  // at once (`delay` 0) where a choice was made.
  let redo;
  window.rgStale = (delay = 1200) => {
    document.body.classList.add("rg-stale");
    clearTimeout(redo);
    redo = setTimeout(redraft, delay);
  };
  function redraft() {
    if (!document.body.classList.contains("rg-stale")) return;
    const typing = document.activeElement?.closest("[data-slot], .rg-edit");
    if (typing || document.body.classList.contains("rg-making")) redo = setTimeout(redraft, 800);
    else press("rg-make");
  }
  window.rgFresh = () => {
    window.rgKept();
    setTimeout(() => window.rgPutTicks(), 100);
  };

  // While a draft is composed the old one is pale, and a line says what goes on.
  window.rgMaking = () => {
    clearTimeout(redo);
    clearTimeout(timer); // all that the screen holds goes with this request
    document.body.classList.remove("rg-stale"); // what changes from now on is another change
    document.body.classList.add("rg-making");
    one(".rg-making-sign").textContent = one(".rg-paper")
      ? "正在重新生成草稿，请稍候……填过的内容会保留"
      : "正在生成草稿，请稍候……";
  };
  window.rgMade = () => {
    document.body.classList.remove("rg-making");
    one(".rg-making-sign").textContent = "";
    if (window.rgUnsent()) keep(); // where making failed, nothing was taken
    window.rgTurnWaiting();
  };
  // Another draft is opened when what was typed into this one is stored; the columns are those
  // of the old one until it comes.
  function leaveFor(what) {
    document.body.classList.add("rg-opening");
    one("#rg-three").inert = true;
    one(".rg-making-sign").textContent = "正在打开，请稍候……";
    const go = (tries) => {
      if (window.rgUnsent() && tries) return setTimeout(go, 100, tries - 1);
      window.rgHold();
      press(what);
    };
    const open = one(".rg-editor");
    if (open && window.rgUnsent()) send();
    go(open ? 30 : 0);
  }
  window.rgOpened = () => {
    document.body.classList.remove("rg-opening", "rg-making", "rg-checking");
    one("#rg-three").inert = false;
    one(".rg-making-sign").textContent = "";
    window.rgLookBack();
  };
  // The letter can be read while it is being checked.
  window.rgChecking = () => document.body.classList.add("rg-checking");
  window.rgChecked = () => {
    document.body.classList.remove("rg-checking");
    window.rgKept();
  };

  // ── the asks ─────────────────────────────────────────────────────────────
  const rows = () => all(".rg-asks > li");
  const topic = (row) => one("[data-topic]", row);
  const text = (row) => one("[data-text]", row);
  const read = () => rows().map((row) => ({ topic: topic(row).value, text: text(row).value }));

  const trail = [];
  // What was typed into the head and the asks since the last time, by field: an answer that draws
  // them anew, with what another window wrote, does not hold it.
  const since = new Map();
  const fieldsOf = (row) => [topic(row), text(row)];
  const keyOf = (field) => field.dataset.head || `ask.${rows().flatMap(fieldsOf).indexOf(field)}`;
  const headFields = () => [...all("[data-head]"), ...rows().flatMap(fieldsOf)];
  function putSince() {
    if (!since.size) return;
    for (const field of headFields()) if (since.has(keyOf(field))) field.value = since.get(keyOf(field));
    keep(0);
  }
  window.rgEdits = () => {
    taken = typed;
    since.clear();
    if (!window.rgIsHere(one(".rg-editor"))) return "";
    const head = {};
    for (const field of all("[data-head]")) head[field.dataset.head] = field.value;
    // what was done one after the other since the last time are steps of their own
    return JSON.stringify({ head, asks: read(), trail: trail.splice(0) });
  };

  function grow(area) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  function number() {
    const list = rows();
    list.forEach((row, n) => {
      one(".rg-number", row).textContent = n + 1;
      topic(row).setAttribute("aria-label", `第 ${n + 1} 项的主题`);
      text(row).setAttribute("aria-label", `第 ${n + 1} 项的建议内容`);
      one("[data-do=up]", row).disabled = n === 0;
      one("[data-do=merge]", row).disabled = n === 0;
      one("[data-do=down]", row).disabled = n === list.length - 1;
      grow(text(row));
    });
    const count = one(".rg-ask-count");
    if (count) count.textContent = list.length;
  }

  function draw(asks) {
    const list = one(".rg-asks");
    const made = asks.map((ask) => {
      const row = one("#rg-ask-template").content.firstElementChild.cloneNode(true);
      topic(row).value = ask.topic;
      text(row).value = ask.text;
      return row;
    });
    list.replaceChildren(...made);
    number();
  }

  const steps = {
    up: (asks, n) => [asks.splice(n - 1, 0, ...asks.splice(n, 1)), n - 1, `已移到第 ${n} 项`],
    down: (asks, n) => [asks.splice(n + 1, 0, ...asks.splice(n, 1)), n + 1, `已移到第 ${n + 2} 项`],
    merge: (asks, n) => {
      const [ask] = asks.splice(n, 1);
      const before = asks[n - 1];
      before.text = [before.text, ask.text].filter((t) => t.trim()).join("\n");
      before.topic = [before.topic, ask.topic].filter((t) => t.trim()).join("、");
      return [0, n - 1, `已并入第 ${n} 项`];
    },
    split: (asks, n, row) => {
      const area = text(row);
      const at = area.dataset.at ? Number(area.dataset.at) : 0;
      const rest = asks[n].text.slice(at).trim();
      if (at <= 0 || !asks[n].text.slice(0, at).trim() || !rest)
        return [0, n, "请先在建议内容里点一下要拆开的位置，再点“在光标处拆开”", true];
      const first = asks[n].text.slice(0, at).trim();
      // what was merged line by line has its topics again
      const heads = asks[n].topic.split("、"), lines = first.split("\n").length;
      const merged = heads.length > 1 && heads.length === lines + rest.split("\n").length;
      asks[n] = { topic: merged ? heads.slice(0, lines).join("、") : asks[n].topic, text: first };
      asks.splice(n + 1, 0, { topic: merged ? heads.slice(lines).join("、") : "", text: rest });
      return [0, n + 1, `已拆成第 ${n + 1}、${n + 2} 两项`];
    },
    remove: (asks, n) => [asks.splice(n, 1), Math.max(0, n - 1), `第 ${n + 1} 项已删除`],
    add: (asks) => [asks.push({ topic: "", text: "" }), asks.length - 1, "已加一项，请填写"],
  };

  window.rgDrawAsks = draw;
  window.rgAddAsk = (words) => {
    draw([...read(), { topic: "", text: words }]);
    trail.push(read());
    one(".rg-ask-said").textContent = `已作为第 ${rows().length} 项建议`;
    window.rgStale();
    keep(0);
  };

  function act(button) {
    const row = button.closest("li");
    const what = button.dataset.do;
    const asks = read();
    const [, to, said, refused] = steps[what](asks, rows().indexOf(row), row);
    one(".rg-ask-said").textContent = said;
    if (refused) return text(row).focus();
    one("[data-warns=asks]")?.remove();
    draw(asks);
    trail.push(asks);
    const target = rows()[to];
    if (target) {
      const again = one(`[data-do=${what}]`, target);
      (["up", "down"].includes(what) && again && !again.disabled ? again : text(target)).focus();
      target.classList.add("rg-flash");
    } else one("[data-do=add]").focus();
    window.rgStale();
    keep(0);
  }

  // Also where the page is served without https.
  window.rgCopy = (button, words) => {
    const area = document.createElement("textarea");
    area.value = words;
    button.after(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.textContent = "已复制";
  };
  // What was written in this window, to be taken along where it cannot be stored.
  function copyMine(button) {
    const held = Object.entries(JSON.parse(window.rgValues() || "{}"));
    const said = held.filter(([name, value]) => value && !/^(?:order|stance|confirm)\./.test(name)).map(([, value]) => value);
    window.rgCopy(button, [...said, ...read().map((ask) => ask.text)].join("\n"));
  }

  let detached = "";
  window.rgGone = () => detached; // a file that is taken away
  let handed = "";
  window.rgHand = () => handed; // to the reviewer (in), or taken back

  // ── events ───────────────────────────────────────────────────────────────
  document.addEventListener("focusout", (event) => {
    const area = event.target;
    if (area.matches?.("[data-text]")) area.dataset.at = area.selectionStart;
  });

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.matches?.("[data-text]")) grow(field);
    // what was said of a field goes when the field is changed
    if (field.closest?.("#rg-step-1")) all(".rg-wrong", one("#rg-step-1")).forEach((told) => told.remove());
    if (field.dataset?.head) one(`[data-warns="${field.dataset.head}"]`)?.remove();
    else if (field.matches?.("[data-text], [data-topic]")) one("[data-warns=asks]")?.remove();
    if (field.matches?.("[data-text], [data-topic], [data-head]")) {
      field.classList.toggle("rg-unread", false);
      // number, session, title, people stand in the letter at once: no new evidence for them;
      // co-hosts have a place of their own in it
      since.set(keyOf(field), field.value);
      if (!field.dataset.head || ["channel", "host_role", "co_hosts"].includes(field.dataset.head)) window.rgStale();
      keep(700);
    }
    if (field.matches?.("[data-slot]")) keep(700); // stored as it is typed, not when it is left
  });

  document.addEventListener("change", (event) => {
    const place = event.target;
    // one fact, two sides: what the head has a field for stands there, too
    const field = place.matches?.("[data-slot]") && one(`[data-head="${place.dataset.says}"]`);
    if (field && place.value.trim() && !field.value.trim()) {
      field.value = place.value.trim();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (place.matches?.("[data-slot]")) // the class that is proposed, while another one is chosen
      for (const button of all(`[data-offer="${place.dataset.slot}"][value]`)) button.hidden = button.value === place.value;
    if (!place.matches?.("[data-card]")) return;
    keep();
    window.rgStale();
  });

  document.addEventListener("click", (event) => {
    const hit = (name) => event.target.closest?.(`[data-${name}]`);
    const doing = hit("do");
    if (doing) act(doing);
    const opened = hit("draft-open");
    if (opened) {
      window.rgWantedDraft = opened.dataset.draftOpen;
      leaveFor("rg-open");
    }
    if (hit("draft-new")) leaveFor("rg-new");
    const asked = hit("draft-delete");
    if (asked) {
      asked.hidden = true;
      asked.nextElementSibling.hidden = false;
      one("[data-draft-keep]", asked.nextElementSibling).focus();
    }
    const kept = hit("draft-keep");
    if (kept) {
      const sure = kept.closest(".rg-sure");
      sure.hidden = true;
      sure.previousElementSibling.hidden = false;
      sure.previousElementSibling.focus();
    }
    const handing = hit("hand");
    if (handing) {
      window.rgCommit();
      handed = handing.dataset.hand;
      press("rg-hand");
    }
    const mine = hit("copy-mine");
    if (mine) copyMine(mine);
    const sure = hit("draft-sure");
    if (sure) {
      window.rgWantedDraft = sure.dataset.draftSure;
      press("rg-delete");
    }
    const gone = hit("detach");
    if (gone) {
      detached = gone.dataset.detach;
      press("rg-detach");
    }
    const step = hit("step");
    if (step) one(`#rg-step-${step.dataset.step}`)?.scrollIntoView({ behavior: "smooth" });
    const offer = hit("offer");
    if (offer) {
      const field = one(`[data-slot="${offer.dataset.offer}"]`);
      field.value = offer.value || offer.textContent;
      all(`[data-offer="${offer.dataset.offer}"]:not([value])`).forEach((button) => button.remove());
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    }
  });

  // The editor comes with an answer of the server: number it, fit its fields.
  // What was unfolded in a draft stays so.
  let seen = null, unfolded = { id: "", open: [] };
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.matches?.(".rg-fold"))
        unfolded = { id: window.rgOpenId(), open: all(".rg-fold").map((fold) => fold.open) };
    },
    true,
  );
  new MutationObserver(() => {
    const editor = one(".rg-editor");
    if (!editor || editor === seen) return;
    const other = seen?.closest("[data-draft]")?.dataset.draft !== editor.closest("[data-draft]")?.dataset.draft;
    seen = editor;
    trail.length = 0;
    if (other || window.rgIsTurning()) since.clear();
    putSince();
    if (unfolded.id === window.rgOpenId())
      all(".rg-fold").forEach((fold, n) => (fold.open = unfolded.open[n] ?? fold.open));
    number();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
