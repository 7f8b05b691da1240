"""The words by which a filing defines a term for a fund: patterns for what stands around the term."""

import re

from calfeed.filings.funds.printed_names import ACQUIRING_WORDS, TARGET_WORDS

LISTED_ABOVE = re.compile(
    r"\b(?:(?:listed|named|referenced|identified|mentioned|shown|noted) (?:above|"
    r"(?:at|on|in) the (?:head|top|beginning|cover|first page|heading) of (?:this|the) (?:supplement|notice|letter))|"
    r"above[- ](?:listed|named|referenced|mentioned|captioned))\b[^.;]{0,40}$",
    re.IGNORECASE,
)
"""What stands before the definition of a term for the funds at the head of a filing."""
MORE_TERMS = re.compile(r"[“\"]([^”\"()]{2,60})[”\"]")
"""A further term in the brackets of a definition."""
PLURAL_TERM = re.compile(r"\b(?:Funds|Portfolios|ETFs|Series)\W*$")
"""The end of a term for several funds."""
A_FUND_IN_BRACKETS = re.compile(r"\((?:the |an? |each,? )*[“\"][^”\"]*(?:Fund|Portfolio|ETF)[”\"]")
"""The definition of a term for a fund, also behind its trust: "Blue Fund, a series of Blue Trust (the “Fund”)"."""
FOR_ALL_BEFORE = re.compile(
    r"\(\s*(?:(?:each|together|collectively|both)|(?:the )?[“\"][^”\"()]{0,40}\b(?:Funds|Portfolios|ETFs)[”\"])",
    re.IGNORECASE,
)
"""The beginning of the definition of a term for a list: "Red Fund and Blue Fund (the “Acquired Funds”)"."""
BETWEEN_NAME_AND_TERM = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:,?\s*(?:a|an|each a|another|also a|both|which is (?:also |likewise )?a)\s+(?:\w+\s+){0,3}"
    r"(?:series|portfolio|fund|trust|corporation|company)[^.;()]{0,80})?[\s,]*"
)
"""What stands between a name and the definition of a term for it."""
_ROLE = rf"(?:{'|'.join(sorted(word.capitalize() for word in TARGET_WORDS | ACQUIRING_WORDS))})"
ROLE_TERM = re.compile(rf"\b(?:{_ROLE} (?:Fund|Portfolio|Trust|ETF)s?|{_ROLE.upper()} (?:FUND|PORTFOLIO|TRUST)S?)\b")
"""A role as a term, such as "Acquired Fund"."""
ROLE_IS = re.compile(rf"({_ROLE} (?:Fund|Portfolio|Trust|ETF))(?: is| means| will be|:) (?:the )?(?=[A-Z])")
"""The definition of a role in a sentence: "The Acquired Fund is Red Fund"."""
IS_THE_ROLE = re.compile(
    rf"(?: \([^()]*\))? (?:is|will be|would be|shall be|is to be) the ({_ROLE} (?:Fund|Portfolio|ETF))\b(?!['’])"
)
"""What stands behind a name in a sentence that defines a role by it: "Red Fund will be the Acquired Fund"."""
BARE_TERMS = re.compile(
    rf"\((?:(?:each|together|collectively|both),? )?(?:the |an? )?({_ROLE} (?:Fund|Portfolio|Trust|ETF)s?)\)"
)
"""The definition of a role without quotation marks: "Red Fund (the Acquired Fund)"."""
MEANS = re.compile(r"[“\"]([^”\"()]{2,60})[”\"],? (?:means|refers to|stands for) (?:the )?")
"""A definition that begins with the term: "“Survivor” means Blue Fund"."""
QUOTED = re.compile(r"[“\"]((?:[A-Z][\w&’'-]* ){1,3}(?:Fund|Portfolio|ETF|Series))[.,]?[”\"](?!\))")
"""A term for a fund in quotation marks, with no bracket behind it."""
A_TITLE = re.compile(
    r"\b(?:named?|renam\w+|titled?|entitled|headed|heading|captions?|section|under|words?|read|name (?:\w+ ){0,5})"
    r"(?: (?:to|as|be|is|the|become|from))* ?$",
    re.IGNORECASE,
)
"""What stands before words in quotation marks that are a name or the title of a section."""
CALLED = re.compile(
    r",? (?:\w+ ){0,3}(?:refer(?:red)? to|called|known|defined)(?: \w+){0,3}? (?:as )?(?:the |an? )?"
    r"[“\"]([^”\"()]{2,60})[”\"]"
)
"""A definition in words: "Red Fund, which we refer to as the “Acquired Fund”"."""
YOURS = re.compile(
    r"(?:\b(?:Dear (?:Fellow )?|as an? |you are an? |^To (?:the |our |all )?)(?:\w*holder|owner|investor)s? "
    r"(?:of|in) (?:shares of )?|^Dear (?=(?:[A-Z][\w&-]* )+\w*holders?\b)|"
    r"\byour fund, )(?:the )?(?=[A-Z])",
    re.IGNORECASE,
)
"""Words before the name of the fund that the reader owns."""
