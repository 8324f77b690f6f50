"""
Times as printed, resolved against the dateline: TIMEX3 types and values, and the interval of
days that each names. Own rules, no language model, no clock; nothing is invented.

`grammar` holds the forms, `printed`, `relative`, `lengths` and `clock` read them, `doubts`
tells what only looks like a time, `tense` looks at the verbs, `extents` and `qualifying` at the
words before, and `ranges` joins two ends.
"""

from claims.extraction.times.finding import find_times
from claims.extraction.times.ranges import join_ranges

__all__ = ["find_times", "join_ranges"]
