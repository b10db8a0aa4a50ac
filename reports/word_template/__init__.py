"""The organisation's own Word template: which one is `in_use` and whether it still works, and how that is said
(`wording`). It is filled by `reports/render/word/`."""
