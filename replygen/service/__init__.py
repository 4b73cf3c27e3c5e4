"""service: what a user can ask. The command line, the page and the API call these.

::

    desk      Desk, the facade                    results   what it hands out
    finals    the one road to a final letter      decisions what was decided on findings
    reviews   a draft beside its precedents, decisions made
    remarks   what a reviewer says of a passage in her own words
    renewed   a paper that comes in again: what changed in it
    handing   送审: a draft handed to the reviewer, taken back
    verdicts  a paper approved or returned      review_files  what comes of it
    copies    a draft put right, commented, cleaned, or made public
    adding    files added to the index          batches   in a thread: seen, stopped, tried again
    folders   the folders of the server that may be added
    unfinished  a batch that a stopped server left, told by the next one
    withdrawing a batch taken back, many documents removed and put back
    encoding  how much of an addition is encoded at once, what is left
    naming    the name of a draft's file          stale     what is cited and no longer in force
    sample    the fictional sample, loaded and taken out again
    follow    sites, feeds and folders that fill the index when they are run
    lists     the year's list: a draft for each proposal, an overview, duplicates
    writing   drafting with a language model
    vouching  属实: who answers for a fact that was typed
    tools     what other programs may ask (mcp, the page's API)
    json      the JSON that the commands print
"""

from replygen.service.desk import Desk

__all__ = ["Desk"]
