// Answers come in one stream, which Gradio's server ends when none is awaited; its browser side
// (6.31) opens a new one only with the next request. A request that was sent just before the end
// was read is then waited for without end. So the end is passed on only when nothing is awaited;
// else the stream goes on from a new one.
(() => {
  const asked = new Set(); // requests without their answer yet
  const early = new Set(); // answers that came before the request was known to be taken
  const ask = window.fetch;
  const ENDED = /^data: \{"msg":"close_stream"/;
  const ANSWERED = /^data: \{"msg":"process_completed","event_id":"([^"]+)"/;

  function take(id) {
    if (!early.delete(id)) asked.add(id);
  }
  function tick(message) {
    const id = message.match(ANSWERED)?.[1];
    if (id && !asked.delete(id)) early.add(id);
  }

  // The messages of a stream as they come, each with its empty line; what is left at last.
  async function* read(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      text += value ?? "";
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        yield text.slice(0, end + 2);
        text = text.slice(end + 2);
      }
      if (done) return text ? yield text : undefined;
    }
  }

  async function* goOn(first, again) {
    for (let answer = first; ; ) {
      let next = null;
      for await (const message of read(answer.body)) {
        tick(message);
        if (ENDED.test(message) && asked.size) next = await again().catch(() => null);
        if (next?.ok) break;
        yield message;
      }
      if (!next?.ok) return;
      answer = next;
    }
  }

  function keepOpen(first, again) {
    const messages = goOn(first, again);
    const coder = new TextEncoder();
    const body = new ReadableStream({
      async pull(controller) {
        const { done, value } = await messages.next();
        if (done) controller.close();
        else controller.enqueue(coder.encode(value));
      },
      cancel: () => messages.return(),
    });
    return new Response(body, { status: first.status, headers: first.headers });
  }

  window.fetch = async (input, init) => {
    const answer = await ask(input, init);
    const { pathname } = new URL(input.url ?? input, location.href);
    if (!answer.ok) return answer;
    if (pathname.endsWith("/queue/join")) {
      const { event_id: id } = await answer.clone().json();
      if (id) take(id);
    }
    if (!pathname.endsWith("/queue/data")) return answer;
    return keepOpen(answer, () => ask(input.url ?? input, { ...init, signal: input.signal }));
  };
})();
