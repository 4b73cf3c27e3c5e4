// On the waiting page: ask again until the server answers with something else.
const ask = () =>
  fetch(location.href, { cache: "no-store" })
    .then((answer) => (answer.status === 503 ? setTimeout(ask, 300) : location.reload()))
    .catch(() => setTimeout(ask, 1000));
setTimeout(ask, 300);
