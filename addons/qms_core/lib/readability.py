"""How hard a text is to read, as far as counting shows it: the same for every language with words and sentences."""

import re
from dataclasses import dataclass

# Advice of plain-language guides: up to 15 words a sentence is easy, more than 22 is hard.
EASY, HARD = 15, 22
LONG_WORD = 12

SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n\s*\n|\n(?=\s*[-•–—*\d])")
WORD = re.compile(r"\w+(?:['’ʼ-]\w+)*")


@dataclass(frozen=True)
class Readability:
    """Counts of a text; ``longest`` is the number of words of its longest sentence."""

    sentences: int
    words: int
    longest: int
    long_words: int

    @property
    def words_per_sentence(self):
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def level(self):
        """``none``, ``easy``, ``fair`` or ``hard``."""
        if not self.words:
            return "none"
        mean = self.words_per_sentence
        return "easy" if mean <= EASY else "fair" if mean <= HARD else "hard"


def measure(text):
    """Count the sentences and words of a text.

    >>> measure("Bring your passport. You pay nothing.").words_per_sentence
    3.0
    """
    lengths = [len(WORD.findall(part)) for part in SENTENCE_END.split(text or "")]
    lengths = [length for length in lengths if length]
    words = WORD.findall(text or "")
    return Readability(len(lengths), len(words), max(lengths, default=0), sum(len(word) > LONG_WORD for word in words))
