"""Cards stand folded: title, how surely they bear on the ask, and their first words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from replygen.drafting.cards import AskCards, Card
from replygen.drafting.sharing import CHOSEN
from replygen.index.relevance import BAR
from replygen.models import Ask, Document, Passage
from replygen.web.clerk.show_cards import show_cards

ASK = Ask(1, "设夜市", "设立夜市。", ())
PAPER = Document(
    "d", "甲.txt", "reply", "对第0098号提案的答复", "云川市", None, "云川市商务局", "2025-07-18"
)
DONE = "2025年，我局在三处设立夜市，摊位120个。"
PASSAGE = Passage("d#0", PAPER, "measure", 0, "设立夜市", f"设立夜市。{DONE}")
BARE = BAR["measure"]


def shown(**fields) -> str:
    card = Card("1:d#0", "own", PASSAGE, DONE, (), 1, True, relevance=BARE)
    return show_cards([AskCards(ASK, (replace(card, **fields),))], ["1:d#0"])


@pytest.mark.parametrize(
    "relevance, words",
    [
        (BARE, "相关"), ((1 + BARE) / 2, "很相关"), (BARE - 0.01, "可能相关"), (0.0, "可能相关"),
        (CHOSEN, "自己选的"), (None, None),
    ],
)  # fmt: skip
def test_a_card_says_in_words_how_surely_it_bears_on_its_ask(relevance, words):
    told = re.findall(r'class="rg-relevance[^"]*">(.*?)<', shown(relevance=relevance))
    assert told == ([words] if words else [])


def test_a_folded_card_shows_its_title_and_the_first_words_that_go_into_the_letter():
    html = shown()
    head, _, folded = html.partition('<details class="rg-card-more">')
    assert "设立夜市" in head and "看全文" in head and "原文" not in head
    first = re.search(r'class="rg-first">(.*?)<', folded)[1]
    assert first == DONE
    assert "原文" in folded


def test_the_first_words_do_not_say_the_title_again():
    assert 'class="rg-first">2025年，我局' in shown(wording=None, kind="statute")


def test_a_place_that_its_unit_names_is_not_told_twice():
    assert "云川市商务局" in shown() and "云川市 · 云川市商务局" not in shown()
