"""Values of indicators from files: tables → items → judge → compare → apply; the file waits in `ObservationFile`.

Judgement (periods, figures, columns, items, groups, judge, compare) is plain values in and out.
"""
