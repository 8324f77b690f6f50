"""The application as a whole: permissions declared, errors in one shape, headers, the contract."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from openapi_spec_validator import validate

import errors
from accounts.auth import allow, check_permissions
from app import create_app
from config import SettingError
from error_handlers import classify
from errors import DatelineError
from migrations.running import downgrade

ROOT = Path(__file__).resolve().parents[1]

ARTICLES = "/api/v1/articles"


def subclasses(kind):
    return {kind, *(deep for sub in kind.__subclasses__() for deep in subclasses(sub))}


class TestPermissions:
    def test_a_route_that_declares_none_keeps_it_from_starting(self, app):
        app.view_functions["undeclared"] = lambda: "x"
        app.url_map.add(app.url_rule_class("/undeclared", endpoint="undeclared", methods=["GET"]))

        with pytest.raises(RuntimeError, match="GET /undeclared"):
            check_permissions(app)

    def test_every_route_declares_one(self, app):
        check_permissions(app)

        assert allow("read")(lambda: None).permission == "read"

    @pytest.mark.parametrize("header", ["Bearer nope", "Basic abc", "Bearer"])
    def test_a_wrong_token_is_refused_even_where_reading_is_open(self, client, header):
        answer = client.get("/api/v1/claims", headers={"Authorization": header})

        assert (answer.status_code, answer.json["code"]) == (401, "unauthenticated")

    def test_nobody_writes_without_a_sign_in(self, client):
        answer = client.post(ARTICLES, json={"text": "x", "published_on": "2021-01-01"})

        assert (answer.status_code, answer.json["code"]) == (401, "unauthenticated")


class TestErrors:
    @pytest.mark.parametrize("kind", sorted(subclasses(DatelineError), key=lambda k: k.__name__))
    def test_every_error_has_a_status_and_a_code(self, kind):
        if kind in (errors.DatelineError, errors.AccessError):
            return
        arguments = ("It is refused.", 5) if kind is errors.RateLimitedError else ("No.",)

        status, code = classify(kind(*arguments))

        assert 400 <= status < 600
        assert code

    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            (b'{"text":"x', 400, "malformed_json"),
            (b'{"text":NaN}', 400, "malformed_json"),
            (b'{"text":1e999}', 400, "malformed_json"),
            (b'{"text":"a","text":"b"}', 400, "duplicate_key"),
            (b"[" * 100_000 + b"]" * 100_000, 400, "json_too_deep"),
            (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 400, "json_too_deep"),
            (b'{"text":"\xff"}', 400, "malformed_json"),
            (b"\xef\xbb\xbf{}", 400, "malformed_json"),
            ('{"text":"a"}'.encode("utf-16"), 400, "malformed_json"),
            (b"", 400, "malformed_json"),
            (b"null", 422, "validation_failed"),
            (b"[]", 422, "validation_failed"),
            (b'{"text":"a\\u0000b"}', 422, "text_not_allowed"),
            (b'{"text":"\\ud800"}', 422, "text_not_allowed"),
            (b'{"text":9223372036854775808}', 422, "validation_failed"),
            (b'{"text":"x","unknown":1}', 422, "validation_failed"),
            (
                b'{"text":"\xc2\xa0\xe2\x80\x8b","published_on":"2021-01-01"}',
                422,
                "validation_failed",
            ),
            (b'{"text":"x","published_on":"10000-01-01"}', 422, "validation_failed"),
            (b'{"text":"' + b"a" * 20_000_000 + b'"}', 413, "payload_too_large"),
        ],
        ids=lambda value: None if isinstance(value, bytes) else str(value),
    )
    def test_a_bad_body_gets_its_code_and_leaves_no_trace(
        self, client, as_role, body, status, code
    ):
        answer = client.post(
            ARTICLES, data=body, content_type="application/json", headers=as_role("reporter")
        )

        assert (answer.status_code, answer.json["code"]) == (status, code)
        assert answer.content_type == "application/problem+json"
        assert set(answer.json) >= {"type", "title", "status", "code", "detail"}
        assert client.get(ARTICLES).json["total"] == 0

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/api/v1/nothing", 404),
            ("DELETE", "/api/v1/claims", 405),
            ("TRACE", "/", 405),
            ("GET", "/api/v1/claims/00000000-0000-0000-0000-000000000000", 404),
        ],
    )
    def test_what_is_not_there_is_a_problem_too(self, client, method, path, status):
        answer = client.open(path, method=method)

        assert answer.status_code == status
        assert answer.content_type == "application/problem+json"

    def test_another_media_type_is_415(self, client, as_role):
        answer = client.post(
            ARTICLES,
            data="x=1",
            content_type="application/x-www-form-urlencoded",
            headers=as_role("reporter"),
        )

        assert (answer.status_code, answer.json["code"]) == (415, "unsupported_media_type")


class TestHeaders:
    @pytest.mark.parametrize("path", ["/", "/api/v1/claims", "/nothing", "/healthz"])
    def test_every_answer_is_locked_down(self, client, path):
        headers = client.get(path).headers

        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        "headers",
        [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}, {"Origin": "https://evil.example"}],
    )
    def test_a_change_from_another_site_is_refused(self, client, headers):
        answer = client.post(
            "/api/v1/sign-in", json={"name": "a", "password": "b"}, headers=headers
        )

        assert (answer.status_code, answer.json["code"]) == (403, "csrf_rejected")

    def test_a_cookie_without_a_sign_of_its_site_is_refused(self, client):
        client.set_cookie("dateline_session", "x")

        answer = client.post("/api/v1/sign-in", json={"name": "a", "password": "b"})

        assert (answer.status_code, answer.json["code"]) == (403, "csrf_rejected")


class TestContract:
    def test_openapi_is_valid_and_names_every_route(self, app, client):
        spec = client.get("/openapi.json").json

        validate(spec)
        routes = {
            rule.rule
            for rule in app.url_map.iter_rules()
            if rule.rule.startswith(("/api/v1/", "/v1alpha1/"))
        }
        named = {path.replace("{", "<").replace("}", ">") for path in spec["paths"]}
        assert {route.replace("<uuid:", "<") for route in routes} == named

    def test_every_operation_says_what_it_does(self, client):
        spec = client.get("/openapi.json").json

        for path, operations in spec["paths"].items():
            for method, operation in operations.items():
                if method in ("get", "post", "patch", "delete"):
                    assert operation.get("summary"), f"{method} {path}"

    def test_starting_and_listing_load_no_language_model(self, settings):
        program = (
            "import json, sys; from pathlib import Path; from config import Settings; "
            "from app import create_app; "
            f"app = create_app(Settings(instance=Path({str(settings.instance)!r}))); "
            "assert app.test_client().get('/api/v1/claims').status_code == 200; "
            "print(json.dumps([n for n in ('spacy', 'numpy', 'thinc') if n in sys.modules]))"
        )

        run = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True
        )

        assert run.returncode == 0, run.stderr
        assert json.loads(run.stdout) == []


class TestSettings:
    def test_a_table_of_topics_that_cannot_be_read_keeps_it_from_starting(self, settings):
        with pytest.raises(SettingError, match=r"DATELINE_TOPICS.*nowhere"):
            create_app(replace(settings, topics="nowhere/topics.toml"))


class TestCommands:
    @pytest.mark.parametrize("command", ["serve", "due", "seed"])
    def test_a_database_of_another_version_is_refused(self, app, command):
        downgrade(app.extensions["dateline.db"], "0001")

        run = app.test_cli_runner().invoke(args=[command])

        assert run.exit_code == 1
        assert "Run `flask db upgrade` first" in run.output


class TestHealth:
    def test_it_is_up_and_ready(self, client):
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 200

    def test_metrics_count_requests(self, client):
        client.get("/healthz")

        assert (
            'dateline_requests_total{route="/healthz",status="200"}' in client.get("/metrics").text
        )
