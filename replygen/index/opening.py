"""The place of an index -> the index, open."""

from __future__ import annotations

from pathlib import Path

from replygen.errors import SettingsError
from replygen.index.base import Index
from replygen.index.encoders.loading import DEFAULT_ENCODER
from replygen.index.local.index import LocalIndex
from replygen.index.milvus.index import MilvusIndex
from replygen.index.milvus.tables import find_address


def open_index(
    place: Path | str, *, encoder: str = DEFAULT_ENCODER, accurate: bool = False
) -> Index:
    """Open or create the index in the folder ``place``, or at an address of Milvus
    (``milvus:FILE.db``, ``http://…``). ``encoder`` is ``replygen`` (the settings' default),
    or a sentence-transformers folder or name, whose vectors follow, or ``static`` or
    ``hash``, which make an index of one stage; ``accurate`` takes more time for each query.
    Raises StoreError, SettingsError where an index in Milvus is to be ``accurate``."""
    address = find_address(place)
    if address is None:
        return LocalIndex.open(Path(place), encoder=encoder, accurate=accurate)
    if accurate:
        raise SettingsError(
            "索引在 Milvus 里时没有“多花时间，检索得更准”这一步，"
            "请去掉 --accurate，或在 replygen.toml 里写 accurate = false"
        )
    return MilvusIndex(address, encoder)
