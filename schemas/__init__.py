"""What the API takes and gives: the contract, and the only way in for data from outside."""
