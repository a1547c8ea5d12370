"""The whole way through the house: every process real, nothing stubbed."""
