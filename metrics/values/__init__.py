"""Values of indicators, from typed to approved: `entry`, `periods` and `promises` (pure) judge what was typed and what
should have come; `computed` works some out from headcounts. Fetched by `queries`, written by `actions`, said by
`wording`."""
