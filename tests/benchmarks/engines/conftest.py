"""The comparison is a command, not a test: its files import one another by their plain names."""

collect_ignore_glob = ["*.py"]
