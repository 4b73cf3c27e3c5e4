"""The page's three tabs: 起草 (clerk), 审核 (reviewer), 语料库 (indexer).

It shows and asks; all work is the desk's. Gradio is loaded only when the page is served.
"""

from replygen.web.page import build_page, serve_page

__all__ = ["build_page", "serve_page"]
