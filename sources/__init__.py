"""
Documents and where they come from: articles, sources, snapshots, derivation, independent origins.

Nothing here knows claims: which claims cite a source is a question for `claims`.
"""
