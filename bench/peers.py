"""How fast do other readers of citations and dates read? Run by the interpreter that has them, on one core.

Standard input is the Vietnamese text for dateparser's search; eyecite and refex (legal-reference-extraction) read made-up
text of the same size in their own languages. Prints a line of JSON for each: name, characters, seconds of the processor, how many found.
"""

import importlib
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

_ENGLISH = (
    "The plaintiff appealed from the order of the district court and argued that the statute had been misread.",
    "In {a} v. {b}, {n} U.S. {m}, {k} ({y}), the court held that notice must be given within a reasonable time.",
    "See {n} F.3d {m}, {k} (9th Cir. {y}); see also 42 U.S.C. § {m}. Id. at {k}.",
    "The office of the clerk sent the record to the parties, who had thirty days to reply to it in writing.",
    "That rule was followed in {b} v. {a}, {n} F. Supp. 2d {m} (S.D.N.Y. {y}), and nobody has asked us to leave it.",
)
_GERMAN = (
    "Der Antrag der Gemeinde wurde von der Behörde geprüft und mit ausführlicher Begründung abgelehnt.",
    "Nach § {n} Abs. {d} Satz 1 BGB und §§ {m}, {k} StGB ist die Frist gewahrt, wenn der Antrag rechtzeitig eingeht.",
    "Dies entspricht der Rechtsprechung (BGH, Urteil vom 12.03.{y} - I ZR {n}/14; BVerwG, Urteil vom 5. Mai {y} - 4 C {d}.12).",
    "Die Beteiligten hatten Gelegenheit zur Stellungnahme und haben davon innerhalb eines Monats Gebrauch gemacht.",
    "Gemäß Art. {d} Abs. 1 GG und § {k} VwGO bleibt die Klage ohne Erfolg.",
)
_DENSE = 0.25  # of the sentences are drawn from all, the others from those that cite nothing: two or three citations in 1,000 characters
_PEOPLE = ("Adams", "Baker", "Carter", "Dunn", "Ellis", "Foster")


def made_up(sentences: tuple[str, ...], length: int) -> str:
    """Give a text of so many characters from sentences with blanks, the same one each time."""
    plain = [sentence for sentence in sentences if "{" not in sentence]
    rng = random.Random(length)  # noqa: S311  the same text each time

    def written() -> Iterator[str]:
        at = 0
        while at < length:
            values = {key: rng.randint(1, 900) for key in "nmk"} | {"d": rng.randint(1, 9), "y": rng.randint(1960, 2020)}
            sentence = rng.choice(sentences if rng.random() < _DENSE else plain).format(
                a=rng.choice(_PEOPLE), b=rng.choice(_PEOPLE), **values
            )
            at += len(sentence) + 1
            yield sentence

    return " ".join(written())[:length]


def eyecite() -> Callable[[str], int]:
    """Give eyecite with its quickest tokenizer that needs no compiler."""
    package, tokenizers = importlib.import_module("eyecite"), importlib.import_module("eyecite.tokenizers")
    tokenizer = tokenizers.AhocorasickTokenizer()
    return lambda text: len(package.get_citations(text, tokenizer=tokenizer))


def refex() -> Callable[[str], int]:
    """Give refex with its patterns."""
    extractor: Any = importlib.import_module("refex.orchestrator").CitationExtractor()
    return lambda text: len(extractor.extract(text).citations)


def dateparser() -> Callable[[str], int]:
    """Give dateparser's search in Vietnamese."""
    search: Any = importlib.import_module("dateparser.search")
    return lambda text: len(search.search_dates(text, languages=["vi"]) or ())


def main() -> None:
    """Measure each on its text and print."""
    vietnamese = sys.stdin.read()
    texts = {
        "eyecite": (eyecite, made_up(_ENGLISH, len(vietnamese))),
        "refex": (refex, made_up(_GERMAN, len(vietnamese))),
        "dateparser": (dateparser, vietnamese),
    }
    for name, (make, text) in texts.items():
        run = make()
        run(text[:2_000])  # loads what it needs
        start = time.process_time()
        found = run(text)
        line = {"name": name, "characters": len(text), "seconds": time.process_time() - start, "found": found}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
