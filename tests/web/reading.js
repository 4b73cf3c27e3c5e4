// What keeps someone from reading or using the page: a list of lines, empty when all is well.
// After axe-core's rules label, button-name, image-alt, heading-order, html-has-lang,
// duplicate-id-aria and color-contrast (WCAG 2.2 AA), for what a user sees.
async () => {
  // a colour that is still changing (a button that has just been enabled) is read when it has changed
  const changing = document.getAnimations().filter((a) => a instanceof CSSTransition);
  await Promise.all(changing.map((a) => a.finished.catch(() => {})));
  const found = [];
  const seen = (e) => {
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    return box.width > 1 && box.height > 1 && style.visibility === "visible" && !e.closest("[hidden], [inert]");
  };
  const tell = (rule, e) =>
    found.push(`${rule}: <${e.tagName.toLowerCase()} class="${e.className}"> ${(e.outerHTML || "").slice(0, 110)}`);
  const all = (selector) => [...document.querySelectorAll(selector)];

  if (!(document.documentElement.lang || "").startsWith("zh")) found.push("lang");
  if (!document.title.trim()) found.push("title");

  const name = (e) =>
    (e.getAttribute("aria-label") || "").trim() ||
    (e.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent || "").join("").trim() ||
    [...(e.labels || [])].map((l) => l.textContent).join("").trim() ||
    (e.title || "").trim();
  for (const e of all("input:not([type=hidden]), textarea, select"))
    if (seen(e) && e.type !== "file" && !name(e)) tell("label", e);
  for (const e of all("button, a[href], [role=button], [role=tab], summary"))
    if (seen(e) && !e.textContent.trim() && !name(e) && !e.querySelector("img[alt]:not([alt='']), svg title"))
      tell("button-name", e);
  for (const e of all("img")) if (seen(e) && !e.hasAttribute("alt")) tell("image-alt", e);

  let last = 0;
  for (const e of all("h1, h2, h3, h4, h5, h6")) {
    if (!e.getClientRects().length) continue; // one that is only heard counts, too
    const level = Number(e.tagName[1]);
    if (last && level > last + 1) tell(`heading-order ${last} -> ${level}`, e);
    last = level;
  }
  for (const e of all("[aria-describedby], [aria-controls], [aria-labelledby]"))
    for (const id of (e.getAttribute("aria-describedby") || "").split(" ").filter(Boolean))
      if (!document.getElementById(id)) tell("aria-id", e);

  const rgba = (text) => {
    const parts = (text.match(/[\d.]+/g) || []).map(Number);
    return text.startsWith("color(srgb") ? [...parts.slice(0, 3).map((p) => p * 255), parts[3] ?? 1] : [parts[0] || 0, parts[1] || 0, parts[2] || 0, parts[3] ?? 1];
  };
  const over = (top, under) => [0, 1, 2].map((n) => top[n] * top[3] + under[n] * (1 - top[3])).concat(1);
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      layers.push(rgba(style.backgroundColor));
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const told = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const e = node.parentElement;
    if (!node.textContent.trim() || !seen(e) || e.closest("[disabled], [aria-disabled=true], svg, script, style, noscript")) continue;
    const style = getComputedStyle(e);
    const behind = ground(e);
    if (!behind) continue;
    let opacity = 1;
    for (let at = e; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    if (opacity < 0.05) continue;
    const ink = rgba(style.color);
    const text = over([ink[0], ink[1], ink[2], ink[3] * opacity], behind);
    const [high, low] = [light(text), light(behind)].sort((a, b) => b - a);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = (high + 0.05) / (low + 0.05);
    const key = `${style.color} ${behind} ${e.className}`;
    if (ratio < (large ? 3 : 4.5) - 0.01 && !told.has(key)) {
      told.add(key);
      tell(`contrast ${ratio.toFixed(2)} ${style.color} on ${behind.slice(0, 3).map(Math.round)} "${node.textContent.trim().slice(0, 20)}"`, e);
    }
  }
  return found;
}
