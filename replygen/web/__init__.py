"""The page: 起草 (clerk), 审核 (reviewer), 语料库 (indexer), 设置; and endpoints for programs.

::

    serving   what is served where           opening   the port at once, the page when made
    gate      which requests pass, as whom   sessions · plain_pages   log-in without Gradio
    page      the tabs and the look          guard · who   which action wants which role
    api       endpoints for other systems    headers   what every answer carries
    clerk · reviewer · indexer · settings_tab    one tab each: they ask the desk
    clerk_answers · clerk_shown · clerk_parts    what the clerk's tab answers, shows, is made of
    sent · asking                            what requests bring, what goes wrong
    reviewer_answers                         what the reviewer's tab answers
    show · show_cards · show_draft · show_check · show_review · show_index    results as HTML
    page.css · page.js · review.js           the look; hovering, jumping, collecting

It shows and asks; all work is the desk's. Gradio and the rooms behind the page are loaded
when the port already answers.
"""

from replygen.web.serving import serve_page

__all__ = ["serve_page"]
