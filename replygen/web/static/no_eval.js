// Gradio makes functions of strings: the js= of an event, what a component does as it loads,
// its template. The server's policy forbids that, so here the same functions are found in
// rgActions, a script that the server writes from the page itself. Any other string comes to
// the browser's own Function and is refused by the policy.
(() => {
  const AsyncFunction = Object.getPrototypeOf(async function () {}).constructor;
  const actions = window.rgActions || {};

  // `return "text";` as Handlebars makes of a template without its signs, and a template
  // that only names what is to be put in: return `${value}`;
  const TEXT = /^\s*return ("(?:[^"\\]|\\.)*");?\s*$/;
  const TEMPLATE = /^return `((?:[^`\\$]|\$\{\w+\})*)`;$/;
  function makeTemplate(names, body) {
    const text = body.match(TEXT);
    if (text) return () => JSON.parse(text[1]);
    const template = body.match(TEMPLATE);
    if (!template) return null;
    return (...values) =>
      template[1].replace(/\$\{(\w+)\}/g, (_, name) => String(values[names.indexOf(name)]));
  }

  function find(parts) {
    const body = String(parts.at(-1) ?? "");
    if (Object.hasOwn(actions, body)) return actions[body];
    return makeTemplate(parts.slice(0, -1).map(String), body);
  }
  const standIn = (native) =>
    new Proxy(native, {
      apply: (target, self, parts) => find(parts) || Reflect.apply(target, self, parts),
      construct: (target, parts) => find(parts) || Reflect.construct(target, parts),
    });
  window.Function = standIn(Function);
  Object.defineProperty(AsyncFunction.prototype, "constructor", {
    configurable: true,
    value: standIn(AsyncFunction),
  });
})();
