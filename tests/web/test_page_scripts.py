"""What the page's scripts hand to Gradio's events (window.rg…) is each made by one script: of two
with one name the later one would answer for both tabs."""

import re
from collections import defaultdict
from pathlib import Path

from replygen import web

MADE = re.compile(r"window\.(rg[A-Za-z]+)\s*=(?!=)\s*(?:async\s*)?(?:function|\()")


def test_no_two_scripts_make_one_name() -> None:
    makers = defaultdict(set)
    for path in Path(web.__file__).parent.glob("static/*.js"):
        for name in MADE.findall(path.read_text(encoding="utf-8")):
            makers[name].add(path.name)
    assert {name: files for name, files in makers.items() if len(files) > 1} == {}
    assert {"rgChecked", "rgReviewed"} <= makers.keys()
