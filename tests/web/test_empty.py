"""A page without material says what to do first."""

from __future__ import annotations

from replygen.service.desk import Desk
from replygen.settings import Settings
from replygen.web.indexer.answers import ALL, Indexer


def test_an_empty_index_leads_to_where_the_laws_and_own_material_are_added(tmp_path):
    settings = Settings(index=tmp_path / "index", work=tmp_path / "work")
    with Desk(settings) as desk:
        status, _ = Indexer(desk).find("", ALL, ALL)
        assert 'data-name="加入材料"' in status and "导入国家法律法规" in status
        own = tmp_path / "总结.txt"
        own.write_text("工作总结\n一、检查商户40家。\n", encoding="utf-8")
        desk.add([own], own=True)
        assert "语料库还是空的" not in Indexer(desk).find("", ALL, ALL)[0]
