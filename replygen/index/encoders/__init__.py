"""Texts -> vectors: the shipped encoders and any other.

::

    encoder      the Protocol that each encoder meets
    loading      a name -> the encoder, its files read at the first text
    semantic     the shipped transformer (model/), int8 on onnxruntime
    fast         the shipped vectors of word pieces (static/), which new passages get at once
    hashed       characters hashed: no files
    transformer  any sentence-transformers model
"""
