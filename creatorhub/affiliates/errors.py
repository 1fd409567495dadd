"""What can be wrong with a programme. The message is a sentence for the person who asked."""

from __future__ import annotations

from django.utils.functional import Promise


class ProgrammeError(ValueError):
    """A programme that cannot be saved or joined; `sentence` says why, in words."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence
