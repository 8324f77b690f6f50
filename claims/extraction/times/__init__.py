"""
Times as printed, resolved against the dateline: TIMEX3-like types and values, and the interval
of days that each names. Own rules, no language model; nothing is invented.
"""

from __future__ import annotations

from claims.extraction.times.finding import find_times

__all__ = ["find_times"]
