"""The house rules, as tests: under a second, without any process."""
