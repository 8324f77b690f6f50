"""
How two claims stand to each other: contradicts, refines, repeats, updates, or cannot be compared.

Pure: values in, values out, with an explanation in plain words.
"""

from claims.conflicts.comparing import Comparison, Outcome, compare
from claims.conflicts.statements import Statement

__all__ = ["Comparison", "Outcome", "Statement", "compare"]
