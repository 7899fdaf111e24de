"""Files of questions as tests write them, and what becomes of them."""

from quizzes.interchange.drafts import Draft, drafts_of
from quizzes.interchange.source import Weight


def gift(text: str) -> list[Draft]:
    return drafts_of(text.encode(), "gift")


def moodle(*questions: str) -> list[Draft]:
    return drafts_of(f"<quiz>{''.join(questions)}</quiz>".encode(), "moodle-xml")


def question(kind: str, inside: str, *, text: str = "Vad gäller?", name: str = "Fråga 1") -> str:
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>'
        f"{inside}</question>"
    )


def answers(*given: tuple[object, str], feedback: str = "") -> str:
    return "".join(
        f'<answer fraction="{fraction}"><text>{text}</text>'
        f"<feedback><text>{feedback}</text></feedback></answer>"
        for fraction, text in given
    )


def lost(draft: Draft) -> list[str]:
    return draft.noted(Weight.LOST)


def small(draft: Draft) -> list[str]:
    return draft.noted(Weight.SMALL)


def right(draft: Draft) -> list[str]:
    return [one["text"] for one in draft.content["options"] if one["correct"]]


def option_texts(draft: Draft) -> list[str]:
    return [one["text"] for one in draft.content["options"]]
