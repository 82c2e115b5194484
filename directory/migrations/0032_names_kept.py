"""Names of protected places and of their small communities, and the square where one stands, are kept as digests."""

from django.db import migrations, models

KINDS = [
    ("phrase", "words in a text"),
    ("number", "a coordinate in a text"),
    ("door", "the whole door"),
    ("id", "the id that a publisher gave the place"),
    ("town", "a name of its small community"),
    ("name", "a name of the place itself"),
    ("cell", "the square of the map where it stands"),
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0031_wrong_count")]
    operations = [
        migrations.AlterField(
            model_name="doortrace",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=6),
        ),
        migrations.AlterField(
            model_name="sameservice",
            name="likeness",
            field=models.CharField(
                choices=[
                    ("given_id", "the same id from two publishers"),
                    ("phone_name", "the same phone and name"),
                    ("steward", "a steward said so"),
                    ("alike", "a protected place, and one that looks like it"),
                ],
                max_length=10,
            ),
        ),
    ]
