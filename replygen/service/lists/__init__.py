"""lists: the year's 交办清单 and its folder of proposals, made into drafts and an overview.

::

    workbook   the list (.xlsx) -> rows          matching   which file is which row
    making     a draft for each, taken up again  work       what is kept of each
    twins      which ask for the same            overview   总览.xlsx
    view       the list as it is shown           year      all of it: make_list, view_list
    known      the lists handed in, whose hands their proposals are in
    running    a list drafted in a thread            opening    a proposal opened at the desk
    tables     the words that columns are found by
"""

from replygen.service.lists.known import KnownLists, YearList
from replygen.service.lists.opening import InHand, find_in_hand, open_row, show_list
from replygen.service.lists.running import ListRuns, RunView
from replygen.service.lists.twins import Shared, Twin
from replygen.service.lists.view import ListView
from replygen.service.lists.work import AskRow, EarlierRow, FindingRow, ListRow, key_of
from replygen.service.lists.workbook import Assignment, read_list
from replygen.service.lists.year import ListResult, make_list, view_list

__all__ = [
    "AskRow",
    "Assignment",
    "EarlierRow",
    "FindingRow",
    "InHand",
    "KnownLists",
    "ListResult",
    "ListRow",
    "ListRuns",
    "ListView",
    "RunView",
    "Shared",
    "Twin",
    "YearList",
    "find_in_hand",
    "key_of",
    "make_list",
    "open_row",
    "read_list",
    "show_list",
    "view_list",
]
