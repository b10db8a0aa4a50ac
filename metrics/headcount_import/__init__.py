"""Headcount files in: `reading` (bytes → rows, of what `printed` makes of each; figures typed by hand too) → `known`
(what the structure holds) → `plan` (beside each other, with HR's choices; pure) → `preview`, `told` and `words` (how it
is shown) → `actions` and `take` (all or nothing). Page and command run the same."""
