"""The page: 起草, 批次 (clerk), 审核 (reviewer), 语料库, 设置 (indexer); endpoints for programs.

::

    serving           what is served where, from the start to the end
    gradio_startup    the port at once, the page when it is made
    page              the tabs, who sees which, the look
    clerk · year · reviewer · indexer · settings   one folder a tab: its parts, answers, HTML
    welcome           what an empty page offers, a word while the sample is in use
    templating        HTML from templates/, escaped
    auth              the gate, log-in, sessions
    guard             which action wants which role
    api · open_api    endpoints for other office systems; the tools over plain HTTP
    asking            what goes wrong is one Chinese line
    show · show_check results as HTML                 tables    cells for spreadsheets
    temporary         uploads and answers lie in one folder that goes with the server

It shows and asks; all work is the desk's. Gradio and the rooms behind the page are loaded
when the port already answers.
"""

from replygen.web.serving import serve_page

__all__ = ["serve_page"]
