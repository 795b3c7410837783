"""The table is made by a command, not by tests; tests/benchmarks/test_explorer.py times the same moves one by one."""

collect_ignore_glob = ["*.py"]
