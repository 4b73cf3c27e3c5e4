"""statistics: what the corpus holds, in numbers and plots.

::

    survey   documents by year, place and field; what is most often done about things
    plots    bars with Chinese labels, where the machine has a font for them
    data     which words stand for a field, which for a kind of measure
"""

from replygen.statistics.plots import draw_bars, find_font
from replygen.statistics.survey import Kind, Survey, survey_corpus, tell_field

__all__ = ["Kind", "Survey", "draw_bars", "find_font", "survey_corpus", "tell_field"]
