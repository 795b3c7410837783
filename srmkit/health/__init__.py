"""Can these data carry a decision? What is there, what is missing, what contradicts, and what that forbids."""
