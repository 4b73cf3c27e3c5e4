"""Who may use the page: the gate, log-in, sessions.

::

    gate               which requests pass, and as whom
    forwarded          who asks when a proxy stands in front
    who                the user of a request, and what it may do
    belongings         events, sessions and files belong to who made them
    kept_files         Gradio's own files, read and compressed once
    bodies             the body of a request, read whole
    sessions           who is signed in, who guessed too often
    plain_pages        waiting, log-in, refusal: without Gradio
    headers · scripts  what every answer carries; which scripts run
"""
