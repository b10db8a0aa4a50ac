"""Who is named in what was said, and how words are taken out again for good.

`persons` guesses (with `given_names`; `known_names` are nobody's), `traces` finds where words stand in a programme, and
`erasing` says what is left of a text without them. `persons`, `given_names` and `erasing` are pure.
"""
