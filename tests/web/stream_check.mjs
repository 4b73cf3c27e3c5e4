// Run by tests/web/test_stream.py with the script's path: tells what a page reads from the stream
// of answers, as one line of JSON.
import { readFileSync } from "node:fs";

globalThis.window = globalThis;
globalThis.location = { href: "http://page/" };
const coder = new TextEncoder();
const waiting = []; // streams that were asked for
let joined = 0;
globalThis.fetch = async (input) => {
  const url = input.url ?? input;
  if (url.includes("/queue/join")) return Response.json({ event_id: `e${++joined}` });
  let send;
  const body = new ReadableStream({ start: (controller) => (send = controller) });
  waiting.push((...lines) => lines.forEach((l) => send.enqueue(coder.encode(`data: ${l}\n\n`))));
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
};
(0, eval)(readFileSync(process.argv[2], "utf-8"));

const DONE = (id) => `{"msg":"process_completed","event_id":"${id}","output":{"data":["好"]}}`;
const END = '{"msg":"close_stream","event_id":null}';
const join = () => fetch("http://page/gradio_api/queue/join?", { method: "POST" });
const pause = () => new Promise((done) => setTimeout(done, 5));
const open = async () => {
  const seen = [];
  const request = new Request("http://page/gradio_api/queue/data?session_hash=s");
  const answer = await fetch(request);
  (async () => {
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      seen.push(...value.split("\n\n").filter(Boolean).map((l) => JSON.parse(l.slice(6))));
    }
  })();
  return seen;
};
const tell = (seen) => seen.map((m) => m.event_id ?? m.msg);

await join(); // e1
let seen = await open();
waiting.at(-1)(DONE("e1"), END);
await pause();
const alone = tell(seen);

await join(); // e2
seen = await open();
const opened = waiting.length;
waiting.at(-1)(DONE("e2"));
await pause();
await join(); // e3, before the end was read
waiting.at(-1)(END);
await pause();
const more = waiting.length - opened;
waiting.at(-1)(DONE("e3"), END);
await pause();
const late = tell(seen);

seen = await open(); // the answer is there before the page knows that it asked
waiting.at(-1)(DONE("e4"));
await pause();
await join(); // e4
waiting.at(-1)(END);
await pause();
console.log(JSON.stringify({ alone, late, more, early: tell(seen) }));
process.exit(0);
