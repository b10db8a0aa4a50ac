"""From notes as people write them to statements, corrected beside their lines before anything is saved.

`files` opens what is uploaded (`word` its Word documents). `reader` says which statements the lines hold; what a line
is by itself it asks of `lines`, with `pages`, `owners` and `sentences`. `review` and `headings` carry the corrections.
All but `files` and `word` are pure.
"""
