"""The areas of the store's state in which episodes have notes: they are forgotten with them."""

PUBLISHED = "published"
"""The file as it was before it was published, to take that back."""

PUBLISH_AT = "publish-at"
"""When it is published."""

PICTURE = "publish-picture"
"""The picture that hosts gave."""

ROTTEN_LEFT = "check-left"
"""The rotten links that hosts leave as they are."""

NOTES_DRAFTED = "notes-drafted"
"""What hosts had chosen for the short notes at its draft."""

PULL_OWED = "pull-request-owed"
"""Its draft is committed, and the pull request of that could not be opened."""

LATE_DUE = "late-due"
"""Closed, and what is in no file is still to be told."""

LATE_NAMED = "late"
"""What was told to be in no file."""

TO_FORGET = "to forget"
"""When it was found to be old."""

KEPT_TOLD = "kept although old"
"""Hosts know why it is not forgotten."""

LOOKED = "looked"
"""What somebody has seen of it, under the person's id and the episode's."""

BY_EPISODE = (
    PUBLISHED, PUBLISH_AT, PICTURE, ROTTEN_LEFT, NOTES_DRAFTED, LATE_DUE, LATE_NAMED, TO_FORGET,
    KEPT_TOLD, PULL_OWED,
)  # fmt: skip
"""Those in which the note stands under the episode's id."""
