"""The collections of an index in Milvus, and the one seam to pymilvus.

Works with Milvus 2.5 and later (BM25 came with it) and with the embedded milvus-lite 3,
which has BM25, the jieba analyzer and hybrid search too; it keeps BM25's statistics for
each of its segments, has no binary vectors, and returns no description of a collection.
So signatures are float vectors of ±1, and facts about the index are a row of ``texts``.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replygen.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # type: ignore[import-untyped, unused-ignore]

Row = dict[str, Any]
DOCUMENTS, PASSAGES, TEXTS = "replygen_documents", "replygen_passages", "replygen_texts"
PREFIX = "milvus:"
FORMAT = 1
_META = "@index"
_TOKEN = "REPLYGEN_MILVUS_TOKEN"
_BYTES = 60_000  # of a text field, below Milvus' limit of 65,535
_PAGE = 1_000  # rows of one request; 16,384 is the server's limit
_SIGNATURE = 64
# milvus:http://host:19530, http:/host (a Path has lost a slash), milvus:C:\x.db
_SERVER = re.compile(r"^(?:milvus:)?(https?):/{1,2}(?=[^/])", re.IGNORECASE)


def find_address(folder: Path | str) -> str | None:
    """Return the address of Milvus that an index setting names (``http://host:19530``,
    ``milvus:FILE.db``), or None when it is a folder."""
    text = Path(folder).as_posix() if isinstance(folder, Path) else folder
    if server := _SERVER.match(text):
        return f"{server.group(1).lower()}://{text[server.end() :]}"
    return text.removeprefix(PREFIX) if text.startswith(PREFIX) else None


def make_key(*parts: str | None) -> str:
    """Return a hash under which exact things are looked up: a filter of hexadecimal
    digits needs no quoting. "" where a part is missing."""
    if not all(parts):
        return ""
    return hashlib.sha256("\0".join(p or "" for p in parts).encode()).hexdigest()[:32]


class Tables:
    """An open connection and its collections, made when they are missing.

    Every method raises StoreError when Milvus does not answer or refuses.
    """

    def __init__(self, address: str) -> None:
        """Connect. Raises SettingsError where pymilvus or milvus-lite is missing."""
        self.address = address
        self._made = False
        self._client = _connect(address)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def open(self, encoder: str, dim: int) -> str:
        """Make the collections for vectors of ``dim`` numbers where there are none, and
        return the name of the encoder that the index was made with."""
        with _explain(self.address):
            if not self._client.has_collection(PASSAGES):
                _create(self._client, dim)
                self.put(TEXTS, [_row_of_text(_META, _META, json.dumps(_describe(encoder, dim)))])
            for name in (DOCUMENTS, PASSAGES, TEXTS):
                self._client.load_collection(name)
        found = self.get(TEXTS, f'id == "{_META}"', ["text"])
        if not found:
            self.put(TEXTS, [_row_of_text(_META, _META, json.dumps(_describe(encoder, dim)))])
            return encoder
        return str(json.loads(found[0]["text"])["encoder"])

    def put(self, name: str, rows: Sequence[Row]) -> None:
        """Insert or replace rows."""
        with _explain(self.address):
            for start in range(0, len(rows), _PAGE):
                self._client.upsert(name, list(rows[start : start + _PAGE]))

    def delete(self, name: str, condition: str) -> None:
        """Delete the rows that meet a condition."""
        with _explain(self.address):
            self._client.delete(name, filter=condition)

    def get(self, name: str, condition: str, fields: Sequence[str]) -> list[Row]:
        """Return all rows that meet a condition ("" for all)."""
        with _explain(self.address):
            return list(self._walk(name, condition, fields))

    def count(self, name: str, condition: str = "") -> int:
        """Return how many rows meet a condition."""
        with _explain(self.address):
            found = self._client.query(name, filter=condition, output_fields=["count(*)"])
            return int(found[0]["count(*)"]) if found else 0

    def hybrid(
        self, text: str, vector: Sequence[float], condition: str, limit: int
    ) -> list[tuple[str, float]]:
        """Return (passage id, score in 0..1) by BM25 and by the vectors, fused by Milvus
        with reciprocal ranks: scores are of one scale on every kind of server."""
        from pymilvus import AnnSearchRequest, RRFRanker

        near = AnnSearchRequest(
            [list(vector)], "vector", {"metric_type": "COSINE"}, limit=limit, expr=condition
        )
        words = AnnSearchRequest(
            [text], "sparse", {"metric_type": "BM25"}, limit=limit, expr=condition
        )
        with _explain(self.address):
            found = self._client.hybrid_search(PASSAGES, [near, words], RRFRanker(60), limit=limit)
        best = 2 / 61  # first by both
        return [(hit["id"], min(1.0, float(hit["distance"]) / best)) for hit in found[0]]

    def near_signatures(self, signature: int, apart: int, limit: int) -> list[str]:
        """Return the ids of documents whose simhash differs in at most ``apart`` bits."""
        with _explain(self.address):
            found = self._client.search(
                DOCUMENTS,
                data=[spread_bits(signature)],
                anns_field="signature",
                search_params={"metric_type": "IP"},
                limit=limit,
                output_fields=["id"],
            )
        least = _SIGNATURE - 2 * apart
        return [hit["id"] for hit in found[0] if hit["distance"] >= least]

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Keep texts of any length by their owner's id."""
        rows = [
            _row_of_text(f"{owner}/{number}", owner, part, number)
            for owner, text in texts.items()
            for number, part in enumerate(_cut(text))
        ]
        self.put(TEXTS, rows)

    def get_text(self, owner: str) -> str:
        """Return a kept text; "" when there is none."""
        found = self.get(TEXTS, f"owner == {quote(owner)}", ["number", "text"])
        return "".join(row["text"] for row in sorted(found, key=lambda row: row["number"]))

    def _walk(self, name: str, condition: str, fields: Sequence[str]) -> Iterator[Row]:
        pages = self._client.query_iterator(
            name, batch_size=_PAGE, filter=condition, output_fields=list(fields)
        )
        while page := pages.next():
            yield from page
        pages.close()


def quote(text: str) -> str:
    """Return a text as a literal of Milvus' conditions."""
    return json.dumps(text, ensure_ascii=False)


def cut_text(text: str) -> str:
    """Return the beginning of a text that a text field can hold."""
    return next(iter(_cut(text)), "")


def spread_bits(signature: int) -> list[float]:
    """Return a 64-bit simhash as ±1: the product of two is 64 less twice the bits in
    which they differ."""
    return [1.0 if signature >> bit & 1 else -1.0 for bit in range(_SIGNATURE)]


def _cut(text: str) -> Iterator[str]:
    data = text.encode("utf-8", "replace")
    start = 0
    while start < len(data):
        part = data[start : start + _BYTES].decode("utf-8", "ignore")
        yield part
        start += len(part.encode("utf-8"))


def _row_of_text(id: str, owner: str, text: str, number: int = 0) -> Row:
    return {"id": id, "owner": owner, "number": number, "text": text, "none": [1.0, 0.0]}


def _describe(encoder: str, dim: int) -> Row:
    return {"format": FORMAT, "encoder": encoder, "dim": dim}


def _connect(address: str) -> MilvusClient:
    # what goes wrong is translated by us; gRPC and pymilvus would write it to stderr as well
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise SettingsError(
            "Milvus 索引要用 pymilvus，请先安装：pip install 'replygen[milvus]'"
        ) from error
    with _explain(address):
        if not address.startswith("http"):
            Path(address).parent.mkdir(parents=True, exist_ok=True)
        return MilvusClient(uri=address, token=os.environ.get(_TOKEN, ""), timeout=30)


class _explain:
    """Turns pymilvus' and milvus-lite's errors into ours."""

    def __init__(self, address: str) -> None:
        self._address = address

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None or not isinstance(error, Exception) or isinstance(error, StoreError):
            return
        text = " ".join(str(error).split())[:160]
        if isinstance(error, (ImportError, ModuleNotFoundError)) or "milvus-lite" in text:
            raise SettingsError(
                "本机的 Milvus 文件要用 milvus-lite 和 jieba，请先安装："
                "pip install 'replygen[milvus]'"
            ) from error
        if any(sign in text.lower() for sign in ("fail connecting", "unavailable", "lock")):
            raise StoreError(
                f"{self._address}：连不上 Milvus（地址、口令不对，服务没有开，"
                "或本机文件正被另一个程序使用），请检查后重试"
            ) from error
        raise StoreError(f"{self._address}：Milvus 读写失败（{text}）") from error


def _create(client: MilvusClient, dim: int) -> None:
    from pymilvus import DataType, Function, FunctionType

    def make(name: str, fields: Mapping[str, Mapping[str, Any]], **indexes: Row) -> None:
        schema = client.create_schema(auto_id=False)
        for field, options in fields.items():
            schema.add_field(field, **options)
        if name == PASSAGES:
            function = Function(
                name="bm25",
                function_type=FunctionType.BM25,
                input_field_names=["body"],
                output_field_names=["sparse"],
            )
            schema.add_function(function)
        parameters = client.prepare_index_params()
        for field, options in indexes.items():
            parameters.add_index(field, **options)
        client.create_collection(
            name, schema=schema, index_params=parameters, consistency_level="Strong"
        )

    def text(length: int, **more: object) -> dict[str, Any]:
        return {"datatype": DataType.VARCHAR, "max_length": length, **more}

    key, flag = text(64), {"datatype": DataType.BOOL}
    data = {"datatype": DataType.JSON}
    signature = {"datatype": DataType.FLOAT_VECTOR, "dim": _SIGNATURE}
    vector = {"datatype": DataType.FLOAT_VECTOR, "dim": dim}
    make(
        TEXTS,
        {
            "id": text(160, is_primary=True),
            "owner": text(128),
            "number": {"datatype": DataType.INT64},
            "text": text(65_535),
            "none": {"datatype": DataType.FLOAT_VECTOR, "dim": 2},  # each must have one
        },
        none={"index_type": "FLAT", "metric_type": "IP"},
    )
    names = ("path_key", "text_key", "title_key", "doc_number_key", "number_key", "statute_key")
    make(
        DOCUMENTS,
        {
            "id": text(64, is_primary=True),
            **dict.fromkeys(names, key),
            "kind": text(16),
            "own": flag,
            "data": data,
            "signature": signature,
        },
        signature={"index_type": "AUTOINDEX", "metric_type": "IP"},
    )
    make(
        PASSAGES,
        {
            "id": text(96, is_primary=True),
            "document": text(64),
            "article_key": key,
            "position": {"datatype": DataType.INT64},
            "kind": text(16),
            "own": flag,
            "body": text(65_535, enable_analyzer=True, analyzer_params={"tokenizer": "jieba"}),
            "data": data,
            "sparse": {"datatype": DataType.SPARSE_FLOAT_VECTOR},
            "vector": vector,
        },
        vector={"index_type": "AUTOINDEX", "metric_type": "COSINE"},
        sparse={"index_type": "SPARSE_INVERTED_INDEX", "metric_type": "BM25"},
    )
