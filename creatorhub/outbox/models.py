"""Effects that wait, and the mail that left."""

from __future__ import annotations

from typing import Any

from django.db import models


class OutboxMessage(models.Model):
    """An effect to happen once, at or after `due_at`. The row is the truth; tasks only wake."""

    topic = models.CharField(max_length=80)
    key = models.CharField(max_length=200, unique=True, help_text="Says the same effect once")
    payload: models.JSONField[Any] = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="outbox_due",
                condition=models.Q(done_at=None, dead_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class SentMail(models.Model):
    """A mail as it left. In the sandbox this is the mailbox anyone can read."""

    message = models.OneToOneField(OutboxMessage, on_delete=models.PROTECT, related_name="mail")
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
