"""Who owes a report what before it can be approved: `queries` gather it, `judge` (pure) says how far it has come,
`wording` tells it and `mail` reminds."""
