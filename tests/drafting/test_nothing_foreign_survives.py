"""The guarantee, over every foreign measure of the sample corpus."""

import re

import pytest

from replygen.drafting import rewrite_measure
from replygen.drafting.lexicon import load_lexicon
from replygen.facts import find_mentions, is_generic_organisation
from replygen.models import Document
from replygen.settings import load_profile

# Names that the sample texts use and no dictionary has; written down by hand.
NAMES = re.compile(
    r"泊原|甸阳|桦原|霁州|渌安|沅塘|澄陂|岚溪|驼铃|牧云|星桥|石湾|金陂|学府街|解放路|马鞍岭"
)


@pytest.fixture(scope="module")
def passages(root):
    from replygen.parsing import parse_source
    from replygen.reading import read_all
    from replygen.search import split_passages

    folder = root / "corpus" / "others"
    if not folder.is_dir():
        pytest.skip("没有示例语料")
    found = []
    # pdf and doc need renderers and OCR; the plain formats hold most of the measures
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".html", ".docx")):
        for source in read_all([path]):
            if isinstance(source, Exception):
                continue
            parsed = parse_source(source)
            document = Document(
                source.sha256[:16], source.path, "reply",
                getattr(parsed, "title", None) or "", getattr(parsed, "region", None),
                getattr(parsed, "level", None), getattr(parsed, "issuer", None), None,
            )  # fmt: skip
            found += [p for p in split_passages(parsed, document) if p.kind == "measure"]
    return found


def test_no_foreign_mention_is_left(passages, root):
    profile = load_profile(root / "corpus" / "profile.toml")
    results = [(p, rewrite_measure(p, profile=profile)) for p in passages]
    used = [(p, r) for p, r in results if r is not None]
    assert len(used) > len(passages) * 0.5, "hardly anything is usable: the rules are too strict"
    for passage, result in used:
        blind = re.sub("【[^】]*】", "，", result.text)
        left = [
            m.text
            for m in find_mentions(blind)
            if m.scope != "national"
            and m.text.strip("“”") not in load_lexicon().quotes_kept
            and m.text not in profile.partners
            and m.text.strip("“”") not in load_lexicon().quotes_kept
            and not (m.kind == "organisation" and is_generic_organisation(m.text))
        ]
        assert not left, (passage.text, result.text)
        assert not NAMES.search(result.text), result.text
        assert not re.search(r"\d", re.sub("12345|12315", "", blind)), result.text
        assert len(result.slots) <= 2
