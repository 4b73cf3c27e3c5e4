"""The reviewer's tab.

::

    tab          审核
    answers      what each request does
    show_reading the three columns: proposal, draft with findings, precedents
    show_review  counts, asks and paragraphs, draft beside precedent, the log
    nearness     which precedents are near, and what is the same
"""
