"""The indexer's tab.

::

    tab · tab_adding · tab_following           语料库
    wiring                                     how their buttons are wired
    answers · batches · following              what requests about documents, batches, sources do
    show_index · show_batch · show_statistics  results as HTML
"""
