"""Needs and themes by department: `queries` gather the marks, `counts` (pure) lays them out, `wording` says what they
show, `chart` and `file` (Excel) show it."""
