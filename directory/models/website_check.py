"""What the worker found when it looked at a provider's website; a row for each address, whoever names it."""

from django.db import models


class WebsiteCheck(models.Model):
    """`failures`: on how many days in a row of looks it failed, from `since` to `failed_on`."""

    url = models.TextField(primary_key=True)
    checked_on = models.DateField()
    failures = models.PositiveSmallIntegerField(default=0)
    since = models.DateField(null=True)
    failed_on = models.DateField(null=True)

    class Meta:
        db_table = "website_check"
        ordering = ("url",)

    def __str__(self) -> str:
        return self.url
