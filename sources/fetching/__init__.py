"""Fetching a page from outside, behind a guard, in a process of its own."""

from sources.fetching.fetch import Fetched, Limits, fetch

__all__ = ["Fetched", "Limits", "fetch"]
