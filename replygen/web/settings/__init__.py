"""The settings' tab.

::

    tab      设置
    answers  values shown and saved, the first page as it looks
"""
