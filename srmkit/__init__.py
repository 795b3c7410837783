"""Decision support for supplier relationships and key accounts: how sure are we, and what would change it."""
