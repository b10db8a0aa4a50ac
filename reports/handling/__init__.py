"""The committee's handling of a report: points of decision, hearings with rulings and minutes, instructions. `judge`
(pure) says how it stands, from the rows of `queries`; written by `actions`, said by `wording`."""
