"""The report's JSON is as docs/report.schema.json says, of every kind and both versions."""

import dataclasses
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from reports import content as c
from reports import outline
from reports.facts import compose
from tests import factories
from tests.samples import rich

SCHEMA = json.loads((Path(__file__).parent.parent / "docs" / "report.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
PERIODS = {
    "plan": "2024H1",
    "half_year": "2026H1",
    "final": "2026H1",
    "monthly": "2026-04",
    "feedback": "2026H1-chefer",
}


def faults(text: str) -> list[str]:
    return [f"{list(error.path)}: {error.message[:80]}" for error in VALIDATOR.iter_errors(json.loads(text))]


def earlier(raw):
    """The same content as the first schema had it."""
    if isinstance(raw, list):
        return [
            earlier(part)
            for part in raw
            if not isinstance(part, dict) or part.get("type") not in ("changes", "numbered")
        ]
    if isinstance(raw, dict):
        return {
            key: earlier(value)
            for key, value in raw.items()
            if key not in ("refs", "key_", "fixed", "sources")
        }
    return raw


def first_schema() -> dict:
    raw = earlier(json.loads(c.to_json(rich()))) | {"schema": 1}
    for section in (*raw["sections"], *raw["letter"]["sections"]):
        for block in section["blocks"]:
            block.pop("key", None)
    return raw


def objects(node) -> list[dict]:
    """Every description of an object in the schema."""
    if isinstance(node, list):
        return [found for part in node for found in objects(part)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("type") == "object" else []
    return own + [found for part in node.values() for found in objects(part)]


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("kind", outline.SECTIONS)
def test_every_kind_of_report_is_as_described(world, kind):
    need = factories.need(world.program)
    factories.activity(
        world.program, "Sen aktivitet", deadline="2024-04-30", needs=[need], hours_per_manager=4
    )
    factories.dialogue(world.program, departments=[world.home], statements=["Ett"])
    factories.headcounts(world.ours, [(world.home, "1", 33, 1), (world.home, "2", 56, 2)])
    text = c.to_json(compose(factories.report(world.program, PERIODS[kind], kind=kind)))
    assert faults(text) == []


def test_every_kind_of_block_is_as_described():
    assert faults(c.to_json(rich())) == []


def test_the_first_schema_is_described_and_read():
    raw = first_schema()
    assert faults(json.dumps(raw)) == []
    assert c.from_json(json.dumps(raw)).sources == ()


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 3}, {"schema": 2, "sources": None}, {"kind": "annual"}, {"period": "2026"}, {"date": "20 maj"},
        {"is_example": "ja"}, {"new": 1}, {"sections": [{"key": "a"}]}, {"sources": [{"code": "a3"}]},
    ],
)  # fmt: skip
def test_what_is_not_as_described_is_found(change):
    assert faults(json.dumps(json.loads(c.to_json(rich())) | change))


def test_a_report_of_the_second_schema_has_its_sources():
    raw = json.loads(c.to_json(rich()))
    del raw["sources"]
    assert faults(json.dumps(raw)) == ["[]: 'sources' is a required property"]


def test_every_field_is_described_and_no_other():
    described = SCHEMA["$defs"] | {"letter": SCHEMA["properties"]["letter"], "content": SCHEMA}
    classes = c.BLOCKS | {"section": c.Section, "source": c.Source, "letter": c.Letter, "content": c.Content}
    for name, model in classes.items():
        fields = {field.name for field in dataclasses.fields(model)}
        assert fields == set(described[name]["properties"]), name
    for found in objects(SCHEMA):
        assert found["additionalProperties"] is False
        for name, field in found["properties"].items():
            assert field.get("description"), name
