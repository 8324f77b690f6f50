"""
Finding the claim that was made, or checked, before.

`words.py` and `reading.py` read what is looked for and what is held, `features.py` weighs how
well the two agree (`weights.toml`); these are pure. `index.py` asks the database: full text
first, then the agreement of names, numbers, rare words and days.
"""
