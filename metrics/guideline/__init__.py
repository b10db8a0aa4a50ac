"""The guideline for how many a manager leads: which units its `categories` hold for, and what an `assessment` says of
one of them (both pure); fetched by `queries`, written by `actions`, said by `wording`."""
