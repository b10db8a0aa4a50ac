"""Prioritisation by points: `tally` (pure) counts and refuses, `device` tells phones apart without knowing them,
`results` and `chart` show what the votes gave."""
