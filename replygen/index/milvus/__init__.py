"""An index on Milvus servers.

::

    index      MilvusIndex, the door
    tables     the collections, and the one seam to pymilvus
    rows       documents and passages as rows
    shelf      what the rules of adding ask of it
    catalogue  exact names, by hashes
    copy       an index in a folder moved here
"""
