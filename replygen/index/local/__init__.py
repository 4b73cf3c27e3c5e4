"""SQLite, tantivy and FAISS in a folder.

::

    index      LocalIndex, the door
    store      SQLite, the truth
    schema     its tables, as numbered steps
    removed    what was removed by hand and can be put back
    splits     passages, and how people put their split right
    shelf      what the rules of adding ask of it
    catalogue  exact names
    caches     words and vectors kept up with the store
    words      tantivy
    vectors    FAISS
    quantised  very many vectors
    filling    the slow vectors, while the index is in use
    ranking    a query -> rows
    overlap    rare words that a long query and a passage share
    verify     is it whole, how large is it
"""
