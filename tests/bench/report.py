"""The report's files, each made in a process of its own, beside what others make of the same content.

python -m tests.bench.report prepare FOLDER ORGANISATION/PROGRAM PERIOD   composes a report: content, page, Word file
python -m tests.bench.report pdf FOLDER    the PDF's render step and nothing else; charts are drawn already
python -m tests.bench.report word FOLDER   Word beside python-docx's paragraph API; prints both medians
"""

import json
import operator
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from reports import content as c

ROUNDS, WORD_ROUNDS = 7, 9
MIB = 1024  # KiB, in which Linux tells a process's peak
WEASYPRINT = Path(".venv-bench/bin/weasyprint")
Judge = Callable[..., bool]


@dataclass
class Process:
    """A command that makes a file: its times in seconds, and the most memory it held in MiB."""

    command: list[str]
    environment: dict[str, str]
    times: list[float] = field(default_factory=list)
    peak: float = 0

    def run(self) -> None:
        start = time.perf_counter()
        process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.DEVNULL)
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{self.command} ended with {process.returncode}")
        self.times.append(time.perf_counter() - start)
        self.peak = max(self.peak, usage.ru_maxrss / MIB)

    @property
    def median(self) -> float:
        return statistics.median(self.times)


def measure(url: str, told: dict[str, str], folder: Path, judge: Judge) -> tuple[list[bool], list[str]]:
    """Whether each limit is kept, and what this machine lacks. `url` is a database, `told` where its report is."""
    environment = os.environ | {"DATABASE_URL": url, "BENCH_CACHE": str(folder / "charts")}
    address = [told["path"].strip("/"), told["period"]]
    kept = _memory(environment, address, folder, judge)
    Process(_own("prepare", folder, *address), environment).run()
    size = (folder / "content.json").stat().st_size
    print(f"the report: {size:,} bytes of content")
    rivals, lacking = _rivals(folder)
    for name, command, limit in rivals:
        kept.append(judge(f"PDF / {name}, whole processes", _ratio(environment, folder, command), limit))
    medians = subprocess.run(
        _own("word", folder), env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    ours, theirs = json.loads(medians)
    print(f"Word: {ours * 1000:.0f} ms, through python-docx {theirs * 1000:.0f} ms")
    kept.append(judge("Word / python-docx's paragraph API", ours / theirs, 0.4))
    return kept, lacking


def _own(what: str, folder: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "tests.bench.report", what, str(folder), *more]


def _memory(environment: dict[str, str], address: list[str], folder: Path, judge: Judge) -> list[bool]:
    """The most that a process of an export holds, first with an empty cache and then with every chart in it."""
    kept = []
    for state, limit in (("drawn", 220), ("cached", 130)):
        peaks = {}
        for form in ("pdf", "docx", "xlsx", "html"):
            target = ["--format", form, "--output", str(folder / f"export.{form}")]
            if state == "drawn":
                shutil.rmtree(environment["BENCH_CACHE"], ignore_errors=True)
            command = [sys.executable, "manage.py", "export_report", *address, *target]
            if state == "cached":
                Process(command, environment).run()  # the round before has drawn for another form
            process = Process(command, environment)
            process.run()
            peaks[form] = process.peak
        told = ", ".join(f"{form} {peak:.0f}" for form, peak in peaks.items())
        print(f"peak memory of an export, charts {state}, MiB: {told}")
        kept.append(
            judge(f"peak memory of an export, charts {state}, MiB", max(peaks.values()), limit, ".0f")
        )
    return kept


def _rivals(folder: Path) -> tuple[list[tuple[str, list[str], float]], list[str]]:
    """What makes a PDF of our page or our Word file here, with the limit; and what is not here."""
    found, lacking = [], []
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if (
        WEASYPRINT.exists()
        and subprocess.run([WEASYPRINT, "--info"], capture_output=True, check=False).returncode == 0
    ):
        found.append(
            ("WeasyPrint", [str(WEASYPRINT), "-q", str(folder / "page.html"), str(folder / "w.pdf")], 0.2)
        )
    else:
        lacking.append("WeasyPrint or its libraries (make bench installs it in .venv-bench where it can)")
    if office:
        profile = f"-env:UserInstallation=file://{folder / 'profile'}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        found.append(("LibreOffice", [*command, str(folder / "report.docx")], 0.35))
    else:
        lacking.append("LibreOffice")
    return found, lacking


def _ratio(environment: dict[str, str], folder: Path, command: list[str]) -> float:
    """Ours to theirs, each in turn, and the median of the rounds' ratios: whatever else the machine does meets both."""
    ours, theirs = Process(_own("pdf", folder), environment), Process(command, dict(os.environ))
    for process in (ours, theirs):
        process.run()
        process.times.clear()
    for _round in range(ROUNDS):
        ours.run()
        theirs.run()
    print(f"{ours.median:.2f} s beside {theirs.median:.2f} s")
    return statistics.median(map(operator.truediv, ours.times, theirs.times))


def prepare(folder: Path, program: str, period: str) -> None:
    """Compose, and make every form once, so that all charts are drawn."""
    import django

    django.setup()
    from reports.facts import compose
    from reports.models import Report
    from reports.render import docx, html, pdf

    organisation, _slash, slug = program.partition("/")
    rows = Report.objects.filter(program__organisation__slug=organisation, program__slug=slug)
    composed = compose(rows.select_related("program__organisation").get(period=period))
    (folder / "content.json").write_text(c.to_json(composed))
    (folder / "page.html").write_bytes(html.render(composed))
    (folder / "report.docx").write_bytes(docx.render(composed))
    pdf.render(composed)


def _content(folder: Path) -> c.Content:
    return c.from_json((folder / "content.json").read_text())


def render_pdf(folder: Path) -> None:
    from reports.render import pdf

    (folder / "report.pdf").write_bytes(pdf.render(_content(folder)))


def compare_word(folder: Path) -> None:
    """Both in one process, in turn, after each has been made once."""
    import django

    django.setup()
    from reports.render import docx
    from tests.bench.word import paragraph_api

    composed = _content(folder)
    times: dict[Callable, list[float]] = {docx.render: [], paragraph_api: []}
    for turn in range(WORD_ROUNDS + 1):
        for make, taken in times.items():
            start = time.perf_counter()
            make(composed)
            if turn:
                taken.append(time.perf_counter() - start)
    print(json.dumps([statistics.median(taken) for taken in times.values()]))


if __name__ == "__main__":
    {"prepare": prepare, "pdf": render_pdf, "word": compare_word}[sys.argv[1]](
        Path(sys.argv[2]), *sys.argv[3:]
    )
