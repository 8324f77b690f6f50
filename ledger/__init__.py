"""The append-only log: canonical JSON, commitments, Merkle tree, checkpoints, replay."""
