"""The archive: exports, imports, the verifier, the interchange formats."""
