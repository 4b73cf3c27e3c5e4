"""The page's three tabs: 起草 (clerk), 审核 (reviewer), 语料库 (indexer).

::

    page      the whole page, served         headers   what every answer carries
    clerk · reviewer · indexer               one tab each: they ask the desk
    clerk_answers · sent · asking            requests, what they bring, what goes wrong
    show · show_cards · show_draft · show_check · show_index    results as HTML
    page.css · page.js                       the look; hovering, jumping, collecting

It shows and asks; all work is the desk's. Gradio is loaded only when the page is served.
"""

from replygen.web.page import build_page, serve_page

__all__ = ["build_page", "serve_page"]
