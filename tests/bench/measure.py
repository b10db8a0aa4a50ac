"""Pages over HTTP: fetched in turn, their times and bodies kept."""

import http.client
import statistics
import time
from dataclasses import dataclass, field

WARM_UP, ROUNDS = 10, 60


@dataclass
class Page:
    """One address on one server, seen by one user. Asked for without compression, which costs alike per byte."""

    port: int
    path: str
    session: str
    times: list[float] = field(default_factory=list)
    body: bytes = b""

    def fetch(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        start = time.perf_counter()
        connection.request("GET", self.path, headers={"Cookie": f"sessionid={self.session}"})
        response = connection.getresponse()
        self.body = response.read()
        self.times.append(time.perf_counter() - start)
        connection.close()  # a sync worker closes after each answer anyway
        if response.status != 200:
            raise RuntimeError(f"{self.path} answered {response.status}")

    @property
    def median(self) -> float:
        return statistics.median(self.times)


def interleave(pages: list[Page]) -> None:
    """Fetch all pages in turn, there and back, so that whatever else the machine does meets them alike."""
    for page in pages:
        for _ in range(WARM_UP):
            page.fetch()
        page.times.clear()
    for turn in range(ROUNDS):
        for page in pages if turn % 2 else reversed(pages):
            page.fetch()
