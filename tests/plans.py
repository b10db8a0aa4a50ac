"""An action plan in the six columns that municipalities use, with the structure, figures, dates and roles of a real
one (17 rows, 29 measures) and words of our own."""

import csv
import io

import docx
from openpyxl import Workbook

HEADINGS = (
    "IDENTIFIERAT \nFÖRBÄTTRINGOMRÅDE", "PLANERAD ÅTGÄRD", "ÖNSKAT RESULTAT", "ANSVARIG", "GENOMFÖRT \nDATUM",
    "UPPFÖLJNING \nDATUM",
)  # fmt: skip
ROWS = (
    ("1. Ledarskap \nStora chefsområden \nNuläge: \nMedian 40 medarbetare/EC \n28 EC > 40 underställda",
     "Anställ fler enhetschefer \nSätt mål för antal \nmedarbetare per område", "Chefen syns mer", "Omsorgsdirektör", "2019-12-31", ""),
    ("2. Ledarskap \nStora ledningsgrupper \ninom ÄO", "Pröva en verksamhetschef till \ninför budget 2021", "Mindre grupper", "Omsorgsdirektör", "2020-09-30", ""),
    ("3. Ledarskap \n”Förmåga” \n(chefer med få underställda)", "Upphandla utvärdering Farax 360.", "Bättre självinsikt", "HR chef", "2020-03-31", "2020-12-31"),
    ("4. Ledarskap, stress och \notillräcklighet", "Erbjud coachning", "Verktyg i rollen", "HR chef", "2019-11-30", ""),
    ("5. Samarbetet mellan \nmyndigheten och \nverkställigheten", "Ta fram en plan", "Mer förståelse", "Myndighetschef/ \nverksamhetschefer", "2019-12-31", ""),
    ("6. Enhetschef i beredskap", "Under 2020 prova att göra \nberedskapen frivillig.", "Trygga i beredskap", "HR-chef", "2019-11-30", "Uppföljning:  \n2020-04-01 \nUtvärdering: \n2020-10-31"),
    ("7. Internkommunikation, ostrukturerad och \nosynkroniserad", "1) Se över intranätet \n2) Utred vilka kanaler \n   vi ska använda \n3) Se över e-posten \n4) Dialog med hela ledningsgruppen 3 \nhalvdagar per år", "12 % läser breven i dag", "Omsorgsdirektör", "2019-12-31", ""),
    ("8. Resurskrävande IT-system", "1) Byt från Procapita till \nLifeCare \n2) Pröva RPA. \n3) Se över behörigheter \n4) Inventera kunskaper \n5) Ta fram metodik", "Enkla system", "Avdelningschef för \ndigitalisering och \nvälfärdsteknik", "1) 2022-12-\n31 \n\n2) 2022-12-\n31 \n\n3) 2019-10-\n31 \n\n4) 2019-08-\n31 \n\n5) 2019-10-\n30", ""),
    ("9. Ojämnhet i \nstödfunktionernas \navlastning", "1) Tydliggör uppdragen \n2) Berätta på chefsmöte \n3) Plan för introduktion", "Tydligt stöd", "Omsorgsdirektör", "1) 2019-12-\n31 \n2) 2019-12-\n06 \n3) 2019-12-\n31", ""),
    ("10. Systematiskt \narbetsmiljöarbete", "1) Se över riktlinjer", "Följs upp varje år", "HR chef", "2019-12-31", ""),
    ("11. Långtidssjukskrivna", "Förslag på organisation", "Avlastning", "HR-chef", "2019-11-30", ""),
    ("12. Otydliga uppdrag för \narbetsgrupper och projekt", "Inför projektmodellen", "Skriftliga uppdrag", "Omsorgsdirektör", "2019-12-31", ""),
    ("13. Otydligt vad vi menar med \ntillitsbaserad styrning", "Chefsforum om tillit", "Gemensam bild", "Omsorgsdirektör", "2022-12-31", ""),
    ("14. Introduktionen/ \navgångssamtal", "1) Se över rutiner \n2) Tydliggör mentors-\nuppdraget \n3) Säkerställ behörigheter \n4) Erbjud avgångssamtal", "Nöjda nya chefer", "HR-chef", "2019-12-31", ""),
    ("15. Lokal samverkan", "Se över samverkan (LSG)", "Sker vid APT", "Omsorgsdirektör", "2019-12-31", "2020-12-31"),
    ("16. Bemanning och rekrytering, \nansvar och roll", "Kartlägg processer", "Tydliga roller", "HR chef", "2020-06-30", ""),
    ("17. Administrativa \narbetsuppgifter", "Kartlägg uppgifter", "Lite tid till det", "Gemensamt ansvar", "2020-12-31", ""),
)  # fmt: skip


def as_csv(divider: str = ";", encoding: str = "cp1252") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=divider).writerows([HEADINGS, *ROWS])
    return out.getvalue().encode(encoding)


def as_xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["HANDLINGSPLAN VÅREN 2019"])
    sheet.append([])
    for row in (HEADINGS, *ROWS):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_docx() -> bytes:
    """Two tables, as a page break makes of one, the headings repeated on the second page."""
    document = docx.Document()
    document.add_paragraph("HANDLINGSPLAN")
    for part in (ROWS[:7], ROWS[7:]):
        table = document.add_table(rows=0, cols=6)
        for row in (HEADINGS, *part):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                first, *rest = text.split("\n")
                cell.paragraphs[0].text = first
                for line in rest:
                    cell.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
