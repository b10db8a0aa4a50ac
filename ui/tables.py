"""The base of every list: django-tables2 for columns, headings, sorting and pages; rows are our own partials."""

import django_tables2 as tables


class Table(tables.Table):
    """A table that loops over its records with one row partial (`row_template`), which is what makes it quick."""

    row_template = ""
    css_class = ""
    caption = ""

    class Meta:
        attrs = {"class": "table"}
        template_name = "ui/table.html"
        orderable = True
        per_page_field = ""  # how many rows a page holds is not the address bar's to say
        empty_text = ""
