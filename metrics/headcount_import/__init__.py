"""Headcount files in: reading (bytes → rows) → known (what the structure holds) → plan (beside each other, with HR's
choices; pure) → words and json (told) → write (all or nothing). Page and command run the same."""
