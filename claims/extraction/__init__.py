"""Article text to candidate claims: pure functions, no database, no Flask, no clock."""
