"""The lines at the foot of a page on which agency and reviewer sign."""

from __future__ import annotations

from xlaudit.reports import review_words as words
from xlaudit.reports.markup import Html, element
from xlaudit.texts import Language


def signatures(language: Language) -> Html:
    """Place, date, name and number, for both sides."""
    place = f"{words.PLACE_AND_DAY.get(language)}: "
    blocks = [
        element(
            "div",
            element("p", place, element("span", "", class_="line")),
            element("p", element("b", who.get(language)), class_="who"),
            *(
                element("p", f"{line.get(language)}: ", element("span", "", class_="line"))
                for line in (words.NAME, words.NUMBER)
            ),
        )
        for who in (words.REVIEWED, words.REVIEWER)
    ]
    return element("footer", *blocks)
