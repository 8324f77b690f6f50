"""The append-only log: canonical JSON, Merkle tree, checkpoints, replay. Knows nothing of claims."""
