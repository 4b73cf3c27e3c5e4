"""The indexer's tab.

::

    tab · tab_list · tab_adding · tab_following   语料库
    wiring                                     how their buttons are wired
    answers · picking · splitting              what requests about documents, many of them, one's
                                               passages do
    batches · history · following              about the batch at hand, those before it, sources
    show_passages                              a document's passages as HTML
    show_index · show_batch · show_statistics  results as HTML
"""
