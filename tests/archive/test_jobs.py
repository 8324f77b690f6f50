"""Exports in the background: 202 while they are written, the same bytes as at once."""

import dataclasses
import json
import os

import pytest

import factories
from app import create_app
from archive import jobs
from archive.jobs import JobState
from config import Settings, read_settings


@pytest.fixture
def settings(settings):
    """Settings under which every export is a long one."""
    return dataclasses.replace(settings, export_at_once=0)


class TestExports:
    def test_a_long_one_answers_202_and_then_the_export(self, app, settings, client, as_role):
        with app.extensions["dateline.db"].writing() as session:
            factories.make_article(session)
        headers = as_role("reporter")

        asked = client.post("/api/v1/exports", json={"scope": "all"}, headers=headers)

        assert (asked.status_code, asked.json["state"]) == (202, "writing")
        found = wait_for(client, asked.location, headers)
        again = client.post("/api/v1/exports", json={"scope": "all"}, headers=headers)
        assert (again.status_code, again.json["id"]) == (201, asked.json["id"])
        at_once = create_app(dataclasses.replace(settings, export_at_once=10**6))
        (settings.instance / "exports" / f"{asked.json['id']}.zip").unlink()
        made = at_once.test_client().post("/api/v1/exports", json={"scope": "all"}, headers=headers)
        with at_once.test_client().get(made.location, headers=headers) as same:
            assert same.data == found
        at_once.extensions["dateline.analyst"].close()
        at_once.extensions["dateline.db"].engine.dispose()

    def test_the_process_is_told_from_one_that_was_killed(self, app, settings, client, as_role):
        folder = settings.instance / "exports"
        folder.mkdir()
        identity = "0" * 8 + "-0000-0000-0000-" + "0" * 12
        (folder / f"{identity}.job").write_text(json.dumps({"id": identity}))

        answer = client.get(f"/api/v1/exports/{identity}", headers=as_role("reporter"))

        assert jobs.state_of(folder, identity).state is JobState.FAILED
        assert answer.status_code == 404
        assert "ended early" in answer.json["detail"]


class TestEnvironmentOf:
    def test_settings_are_read_back_from_it(self, tmp_path):
        given = Settings(instance=tmp_path, trusted_hosts=("a", "b"), public_read=False)

        assert read_settings(jobs.environment_of(given)) == given


def wait_for(client, location, headers):
    """Ask until the export is there, and return its bytes; a process that died ends the asking."""
    for _ in range(10**6):
        with client.get(location, headers=headers) as answer:
            if answer.status_code != 202:
                assert answer.status_code == 200, answer.text
                return answer.data
        os.sched_yield()
    raise AssertionError("The export is never there.")
