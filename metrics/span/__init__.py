"""People per manager: `measure` on a day and `history` over time (both pure), from the rows that `queries` fetch; told in
sentences (`wording`), rows of figures (`lines`), the page's table (`tables`) and Excel (`file`)."""
