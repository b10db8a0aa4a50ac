"""What the values of an indicator say on a day. `queries` make a `Reading`: values as known then, and a verdict.

`judgement` chooses which of movement's questions the values are put to, with `seasons`, `targets` and `certainty` (all
pure). `wording` says values and findings, `movement_wording` the reason of a verdict, `target_wording` how a value stands
to its target; `telling` puts them together for page, Excel (`file`) and report, `pictures` for the charts.
"""
