"""Example articles, sources, people and decisions, to see every page with something on it."""
