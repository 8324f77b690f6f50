"""Routes of articles, claims, evidence and the timeline."""
