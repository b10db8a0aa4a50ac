"""The same work by several at once, as several people do it."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def at_once(number: int, work: Callable[[int], Any]) -> list[Any]:
    """What each of so many threads got, or the error that it met; all of them start together."""
    gate, answers = threading.Barrier(number), []

    def run(index: int) -> None:
        gate.wait()
        try:
            answers.append(work(index))
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
