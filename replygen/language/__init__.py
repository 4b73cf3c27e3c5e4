"""language: Chinese text without a domain.

::

    characters  radicals that stand in place of characters; characters that nobody sees
    sentences   a text -> its sentences
    marks       一、 （一） 1. 一是 第一，: list marks and headings
    numerals    三百余, 3.5万: what number a writing is, and numbers in Chinese characters
    dates       full dates as ISO strings
    words       where a word ends; the vocabulary; empty words
    pairs       pairs of neighbouring characters: words two texts share
    verbs       does a clause start with a verb
    slots       what is left open: 【…】, XX, 待补充
    tense       report or plan
    lack        words of want that admit none: 困难老年人, 补齐短板
    copies      are two texts the same but for some words
    files       a file written whole or not at all
    tables      the TSV, TOML and word lists beside the code
    templates   the HTML templates of a room
    lazily      the public names of a package, loaded when they are asked for
"""

from replygen.language.characters import count_unseen, drop_unseen, normalise_characters
from replygen.language.sentences import find_touched, split_sentences

__all__ = ["count_unseen", "drop_unseen", "find_touched", "normalise_characters", "split_sentences"]
