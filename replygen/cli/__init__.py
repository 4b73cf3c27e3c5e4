"""cli: the commands, one file a group. They parse options, ask the service and show.

::

    main      the commands of every day     drafts   on a finished draft
    index     what an addition leaves for later        measure  quality
    scale     speed and size                users    who may use the page
    audit     the audit log                 year     the year's list
    agents    the tools for other programs  writer   with a language model
    follow    sites and folders that are followed
    sample    where the demos write
    options · terminal   what all of them share         __main__ python -m replygen.cli
"""

from replygen.cli.main import main, run

__all__ = ["main", "run"]
