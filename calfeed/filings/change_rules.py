"""The rules for what changes around a plan: names, subadvisers, benchmarks, objectives, and a plan's last day."""

from calfeed.filings.rule import Rule

CHANGE_RULES: tuple[Rule, ...] = (
    Rule(
        kind="name change",
        says=(
            r"(?:effective|as of|on|from)~~@,?~\bnames?\b~(?:change|renamed|becomes?)",
            r"\bnames?\b~(?:changed?|changing)~@",
            "(?:renamed|re-named)~@",
            "@~(?:be renamed|is renamed|will be (?:called|known as))",
        ),
        unless="formerly|MAIL",
        examples=(
            (
                "effective @, the name of target will be changed to fund and ebbridge will replace kittery "
                "as the portfolio's subadviser"
            ),
        ),
    ),
    Rule(
        kind="subadviser change",
        says=(
            "(?:effective|as of|on|from)~~@,?[^#;]{0,200}?(?:sub-?advis[eo]r|investment manager)",
            "sub-?advis[eo]r~(?:change|replace|effective)~@",
            r"no longer be sub-?advised\b~@",
        ),
        unless="since @|expects to|PROXY|BOARD~DECIDES",
        examples=(
            (
                "effective @, the name of target will be changed to fund and ebbridge will replace kittery "
                "as the portfolio's subadviser"
            ),
        ),
    ),
    Rule(
        kind="benchmark change",
        says=(
            "(?:benchmark|index)~change~@",
            "@,?~(?:benchmark|index)~(?:change|replace)",
            r"@,?~\b(?:change|replace)\b~~\b(?:benchmark|index)\b",
        ),
        sure=False,
        examples=("the portfolio's benchmark will change on @",),
    ),
    Rule(
        kind="objective change",
        says=(
            r"(?:investment (?:objective|strateg\w+)|principal strateg\w+)~change~@",
            r"@,?~investment (?:objective|strateg\w+)~change",
        ),
        sure=False,
        examples=("effective @, the fund's investment objective will change",),
    ),
)
"""Several may fit one clause."""
