"""批次: the year's list: begun, watched, filtered; a proposal of it opened at the desk.

::

    tab        lays out and wires it      answers   its requests
    show_year  the list as HTML (templates/year/)
"""
