"""The clerk's tab. What is shown is made by the templates in ``templates/clerk``.

::

    tab                       起草: one desk of three columns
    answers                   what each request does
    parts                     the components that requests change
    sent                      what the browser sent
    doubts                    what is asked back before a draft is made
    windows                   which draft each window has open
    put                       what the screen holds, put into the stored work
    taking                    the screen taken in, together with another window's
    leaving · finishing       files written when they are asked for; what keeps a final letter
    shown                     stored work -> updates of the parts
    show_asks · show_cards    asks as fields, evidence as cards
    show_draft · show_places  a draft as paper, its open places as fields
    show_drafts               the list of drafts
    wording · show_wording    a model's sentences for an ask, taken one by one
    show_edits · show_original  what was made of a sentence, the proposal with its asks marked
    show_findings             what is still to be done with a letter
    seeking                   换个说法再找, and a result taken up
    pressing                  what the page's script presses, with what the screen holds
    turning · show_steps      undone, done again, one step taken back alone
    handover                  送审: handed to the reviewer, taken back
    vouching                  属实: a fact that the clerk typed and answers for
"""
