import secrets

from django.db import migrations

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
AT_ONCE = 2_000


def _number():
    """As tracking.ledger.numbers made them when this was written."""
    drawn = [secrets.randbelow(31) for _place in range(19)]
    weighed = sum(weight * value for weight, value in enumerate(drawn, start=1))
    check = -weighed * pow(20, -1, 31) % 31
    return "".join(ALPHABET[value] for value in (*drawn, check))


def number(apps, _schema_editor):
    """Give every certificate that has none a number, a part at a time."""
    certificates = apps.get_model("tracking", "Certificate").objects
    while some := list(certificates.filter(number=None).only("pk")[:AT_ONCE]):
        for certificate in some:
            certificate.number = _number()
        certificates.bulk_update(some, ["number"])


class Migration(migrations.Migration):
    """Certificates get their numbers."""

    dependencies = [("tracking", "0025_numbered_certificates")]

    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
