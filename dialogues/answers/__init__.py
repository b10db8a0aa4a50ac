"""What departments are owed an answer on: `judge` (pure) says who waits and since when, from the rows of `queries`."""
