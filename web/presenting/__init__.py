"""What the desk's pages show, as plain values. Pure: no database, no Flask, no clock."""
