"""The reviewer's tab.

::

    tab          审核
    answers      what each request does
    show_review  findings, draft beside precedent, the log
"""
