"""Words that take a statement back: where they stand, a day is asked about; where they are understood, it is not."""

import pytest

from calfeed.filings.denials import word_that_takes_back


@pytest.mark.parametrize(
    ("clause", "kind", "word"),
    [
        ("after counting the proxies received, the board on @ withdrew the proposal", "voting deadline", "withdrew"),
        ("if no account has been opened by @, the shares may be sold and the proceeds sent", "proceeds payment", "no"),
        ("the mergers will close on @, except that of target", "closing", "except"),
        ("unlike target, the fund will close on @", "closing", "unlike"),
        ("the meeting will be held on @ unless it is called off", "special meeting", "unless"),
        ("the merger was to have closed on @", "closing", "was to have"),
        ("no shareholder need vote before @", "voting deadline", "no"),
    ],
)
def test_a_word_that_takes_back_is_found(clause: str, kind: str, word: str) -> None:
    assert word_that_takes_back(clause, kind) == word


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("the merger will close no later than @", "closing"),
        ("after @ the fund will no longer accept purchases, except reinvested dividends", "closed to purchases"),
        ("the merger, which had been expected to close on #, is now expected to close on @", "closing"),
        ("the meeting has been adjourned to @", "special meeting"),
        ("the trustees who are not interested persons approved it on @", "board approval"),
        ("from @ the contingent deferred sales charge will not be imposed", "sales charge waiver"),
    ],
)
def test_a_word_that_is_understood_takes_nothing_back(clause: str, kind: str) -> None:
    assert word_that_takes_back(clause, kind) == ""
