"""A setting that is missing or malformed stops the start with a sentence about it."""

from pathlib import Path

import pytest

from tests.config.production import production_settings, run

WRONG = [
    ("SECRET_KEY", "kort", "at least 50 characters"),
    ("ALLOWED_HOSTS", "https://kompetens.example", "names of hosts"),
    ("ALLOWED_HOSTS", "*", "names of hosts"),
    ("DATABASE_URL", "mysql://hemligt@host/namn", "begins with postgresql://"),
    ("DATABASE_URL", "postgresql://host:hemligt/namn", "begins with postgresql://"),
    ("DATABASE_URL", "postgresql://host", "the name of a database"),
    ("DATABASE_POOL_MAX", "hemligt", "a whole number from 1 to 100"),
    ("REDIS_URL", "localhost:6379", "redis://"),
    ("REDIS_URL", "redis://host:6379/0", "another database than the one of BROKER_URL"),
    ("EMAIL_URL", "mail.hemligt.example", "smtp://"),
    ("EMAIL_URL", "smtp://mail.example?timeout=hemligt", "a number"),
    ("MAIL_FROM", "hemligt", "an e-mail address"),
    ("LOG_LEVEL", "hemligt", "one of DEBUG, ERROR, INFO, WARNING"),
    ("METRICS_TOKEN", "hemligt", "at least 20 characters"),
    ("BASE_URL", "http://hemligt.example", "https://"),
]


@pytest.mark.parametrize(("name", "value", "expected"), WRONG, ids=lambda value: value[:24])
def test_the_sentence_says_which_and_what_is_expected(
    tmp_path: Path, name: str, value: str, expected: str
) -> None:
    more = {"BROKER_URL": "redis://host:6379/0", "DATABASE_URL": "postgresql://host/namn"}
    done = run(tmp_path, "manage.py", "check", **more | {name: value})
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert name in lines[0]
    assert expected in lines[0]
    assert "hemligt" not in lines[0]


def test_the_web_process_says_it_too_and_does_not_try_again(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        "-m",
        "gunicorn",
        "config.wsgi:application",
        "--config=python:config.gunicorn",
        "--bind=127.0.0.1:0",
        REDIS_URL="localhost",
    )
    assert done.returncode == 78
    assert done.stderr.strip().splitlines() == [
        "The environment variable REDIS_URL is not right: expected an address that begins with "
        "redis:// or rediss:// or unix://."
    ]


def test_what_production_makes_of_its_settings(tmp_path: Path) -> None:
    found = production_settings(
        tmp_path,
        "DATABASES",
        "CACHES",
        "SESSION_ENGINE",
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_USE_TLS",
        "EMAIL_TIMEOUT",
        "SECRET_KEY_FALLBACKS",
        "WAGTAILADMIN_BASE_URL",
        DATABASE_URL="postgresql://anna:hemligt@db.example:5433/kompetens?sslmode=verify-full",
        DATABASE_POOL_MAX="7",
        REDIS_URL="redis://cache.example:6379/1",
        EMAIL_URL="submission://anna:hemligt@mail.example",
        SECRET_KEY_FALLBACKS="gammal,aldre",
    )
    database = found["DATABASES"]["default"]
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"]["pool"]["max_size"] == 7
    assert database["OPTIONS"]["sslmode"] == "verify-full"
    assert found["CACHES"]["default"]["LOCATION"] == "redis://cache.example:6379/1"
    # A session that only Redis knew would end with it; one that Redis still knew would outlive
    # its end in the database.
    assert found["SESSION_ENGINE"] == "config.sign_in.session_store"  # in the database
    mail = (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"])
    assert mail == ("mail.example", 587, True)
    assert found["EMAIL_TIMEOUT"] == 10
    assert found["SECRET_KEY_FALLBACKS"] == ["gammal", "aldre"]
    assert found["WAGTAILADMIN_BASE_URL"] == "https://kompetens.example"
