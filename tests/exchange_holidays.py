"""The table of `calfeed.reading.business_days`: `python -m tests.exchange_holidays` prints it anew."""

import holidays

from calfeed.reading.phrases.days import YEARS

SATURDAY = 5


def table() -> str:
    """A line for each weekday on which the New York Stock Exchange is closed, with the reason, as `holidays` knows."""
    found = sorted(holidays.financial_holidays("NYSE", years=YEARS).items())
    return "".join(f"{day} {name}\n" for day, name in found if day.weekday() < SATURDAY)


if __name__ == "__main__":
    print(table(), end="")
