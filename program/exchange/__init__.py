"""A plan in and out as a spreadsheet: one table, the same format both ways.

`tables` reads bytes into rows of text, `items` makes of them what they say (pure), `snapshot` says what the
programme holds in the same words, `compare` lays the two side by side, `apply` writes the difference and
`write` makes the file that reads back as "unchanged".
"""
