"""The words of what listings are called: what a slip may have been meant for. Part of the public read model."""

from django.db import models


class ListingWord(models.Model):
    """A folded word of four letters or more in `listing.words`, and how many listings have it; none with none.

    Kept by the database itself, in the statement that writes the listings (migrations/sql/0039_listing_words.sql): a
    word of a place that was protected a moment ago must not stay behind.
    """

    word = models.TextField(primary_key=True)
    listings = models.IntegerField()

    class Meta:
        db_table = "listing_word"
        ordering = ("word",)

    def __str__(self) -> str:
        return self.word
