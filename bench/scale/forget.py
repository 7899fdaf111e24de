"""`python -m bench.scale.forget`: nothing is kept, nothing waits, as before the first rebuild."""

from bench.plan import start


def forget() -> None:
    """Empty the tables of what is kept, and the outbox."""
    from django.db import connection

    from foundation.outbox import OutboxRow
    from tracking.status.models import Generation, Part, TargetStatus, UnitCount

    empty = "DELETE FROM" if connection.vendor == "sqlite" else "TRUNCATE"
    with connection.cursor() as cursor:
        for model in (TargetStatus, UnitCount):
            cursor.execute(f"{empty} {model._meta.db_table}")
    for rows in (Part.objects.all(), Generation.objects.all(), OutboxRow.objects.all()):
        rows.delete()


def main() -> None:
    """Forget."""
    start()
    forget()


if __name__ == "__main__":
    main()
