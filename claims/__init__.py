"""The statement and its fate: claims, findings, evidence, review."""
