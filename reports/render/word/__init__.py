"""The report as Word: a template's parts, with the body written into them as markup in one go.

The built-in template (`base/`) and an organisation's own go the same way. `package` reads and writes the file's
parts, `styles` gives a template what it lacks, `placeholders` fills in names, `body` writes the document, `sections`
turns pages, `check` judges a file that somebody uploads.
"""
