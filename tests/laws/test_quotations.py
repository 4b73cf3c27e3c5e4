"""Quoted words are the article's, or something was put in their place."""

from __future__ import annotations

import pytest

from replygen.laws.quotations import find_altered

ARTICLE = (
    "第九条　国家对废旧家具实行多渠道回收和集中处理制度。县级以上地方人民政府应当建立回收网络，"
    "鼓励社会力量参与，不得向居民收取费用。具体办法由省级人民政府规定。"
)


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("国家对废旧家具实行单一渠道回收和分散处理制度", "单一"),
        ("县级以上地方人民政府应当建立收费网络，鼓励社会力量参与", "收费"),
        ("鼓励社会力量参与，可以向居民收取费用", "可以"),
        ("具体办法不由省级人民政府规定", "不"),
    ],
)
def test_words_put_in_the_place_of_others_are_found(quote, said):
    altered = find_altered(quote, ARTICLE)
    assert altered is not None and said in altered[0]


@pytest.mark.parametrize(
    "quote",
    [
        "国家对废旧家具实行多渠道回收和集中处理制度",
        "国家对废旧家具实行多渠道回收、集中处理制度",  # marks
        "县级以上地方人民政府应当建立回收网络……不得向居民收取费用",  # left out
        "鼓励社会力量参与",
        "建立健全覆盖城乡的养老服务网络体系",  # of another text
        "多渠道回收",
    ],
)
def test_the_articles_own_words_and_what_leaves_some_out_pass(quote):
    assert find_altered(quote, ARTICLE) is None
