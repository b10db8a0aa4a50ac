"""`make run`: everything that it does once the set-up is there."""

import socket
import sys

import pytest
from django.core.management import call_command
from django.core.servers.basehttp import WSGIServer

from demo.management.commands import serve


@pytest.mark.django_db
def test_a_roomful_may_connect_in_the_same_second(monkeypatch, world):
    """Sixty votes at once; with Django's ten waiting, some of them were turned away."""
    seen = {}
    monkeypatch.setattr(
        serve,
        "call_command",
        lambda name, *_args, **_more: seen.update({name: WSGIServer.request_queue_size}),
    )
    monkeypatch.setattr(WSGIServer, "request_queue_size", 10)
    monkeypatch.setattr(sys, "argv", ["manage.py", "serve"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    call_command(serve.Command(), port=str(port))
    assert seen == {"migrate": 10, "runserver": 128}
