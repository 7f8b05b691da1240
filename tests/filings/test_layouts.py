"""Layouts of filings, plain and HTML, as they come: each complete date of them is in the ledger, with its day."""

from collections import Counter
from datetime import date

import pytest

from calfeed.filings.dates.mentions import find_mentions
from calfeed.filings.passages.opening import read_filing
from tests.filings.test_ledger import outside

LAYOUTS = {
    "edgar-justified": (
        """\
<SEC-DOCUMENT>0000912345-99-000123.txt : 19990614
<TEXT>
                        HARROW   LANE   FUNDS   TRUST

    At a meeting held  on June 8,  1999, the  Trustees of  the Trust  voted to
recommend  that  shareholders of  Harrow Lane  Income Fund  approve a  plan of
reorganiza-
tion. A meeting is called for Septem-
ber 14, 1999. Holders  of record on  July 23,
1999 may vote.  If approved the exchange will take place on or about Octo-

                                      2
<PAGE>

ber 1, 1999.
""",
        "1999-06-08 1999-09-14 1999-07-23 1999-10-01",
    ),
    "rowspan": (
        """\
<html><body><table><tr><th>Fund</th><th>Record date</th><th>Meeting</th><th>Closing</th></tr>
<tr><td rowspan=2>Alder Growth<td rowspan="2">March 3, 2011<td>May 6,<br>2011<td>on or about<br>June 10, 2011
<tr><td>May 13, 2011<td>June 17, 2011</table>
<p>*Prospectus dated January&nbsp;31,&#160;2011</p></body></html>""",
        "2011-03-03 2011-05-06 2011-06-10 2011-05-13 2011-06-17 2011-01-31",
    ),
    "sideways": (
        """\
<table><tr><td><b>Event</b></td><td>Last day to buy</td><td>Last day to exchange</td><td>Closing</td></tr>
<tr><td><b>Day</b></td><td>Fri., Aug. 3, 2018</td><td>Aug. 10, 2018</td><td>August 17, 2018<sup>(1)</sup></td></tr>
<tr><td>Anchor</td><td>4:00 p.m. ET on August 3, 2018</td><td>close of trading</td><td>after the close of the
NYSE</td></tr></table><p>(1) or 8/20/2018 at the latest.</p><p>.</p>""",
        "2018-08-03 2018-08-10 2018-08-17 2018-08-03 2018-08-20",
    ),
    "glued": (
        """\
<html><body><p>The Substitution Date is November 15, 2013<font style="vertical-align:super">2</font>, and the
free transfer period ends December 16, 20133.<p>Dated: September 30,2013<p>File No. 333-12345 filed
10-01-2013</body></html>""",
        "2013-11-15 2013-12-16 2013-09-30",
    ),
    "columns": (
        """\
Dear Contract Owner:

Event                             Expected date
-----------------------------     ---------------------------
Last day for transfers in         April 24, 2015
Last day for transfers out        April 29, 2015, 4:00 p.m. ET
Substitution                      May 1, 2015
Confirmation mailed               within 5 days after May 1,
                                  2015

Call us.
""",
        "2015-04-24 2015-04-29 2015-05-01 2015-05-01",
    ),
    "strokes": (
        """\
|Milestone|Date|
|:--|--:|
|Board approval|12 February 2020|
|N-14 filed|2020-03-16|
|Effectiveness|15-Apr-2020|
|Vote|Wednesday, June 24, 2020 at 11:00 a.m. Central Time|
""",
        "2020-02-12 2020-03-16 2020-04-15 2020-06-24",
    ),
    "caps": (
        """\
SUPPLEMENT DATED OCTOBER 12, 2006 TO THE PROSPECTUS DATED MAY 1, 2006

EFFECTIVE AT THE CLOSE OF BUSINESS ON DECEMBER 1ST, 2006, THE PORTFOLIO IS CLOSED TO NEW INVESTORS. THE MERGER
IS EXPECTED DURING THE FIRST QUARTER OF 2007, NOT LATER THAN MARCH 30TH, 2007.
""",
        "2006-10-12 2006-05-01 2006-12-01 2007-03-30",
    ),
    "unclosed": (
        """\
<HTML><BODY><FONT SIZE=2><P>BOSTON, Nov. 9, 2022 (GLOBE) -- The Fund<B> announced <P>that its last day of
trading will be <I>Dec. 19<SUP>th</SUP>, 2022<P>Proceeds: on or around Dec. 28, 2022<TABLE><TR>
<TD>Record<TD>12/20/22<TR><TD>Ex<TD>12/20/2022<TR><TD>Pay<TD>January<TD>4, 2023</BODY>""",
        "2022-11-09 2022-12-19 2022-12-28 2022-12-20 2023-01-04",
    ),
    "hidden": (
        """\
<html><ix:header><ix:hidden>2024-01-05</ix:hidden></ix:header><body><div style="display:none">Feb 1, 2024</div>
<span>As of the <ix:nonnumeric name="x">close of business on January 26, 2024</ix:nonnumeric>, shares</span>
<div><div>will be converted</div><div>on&#8239;February 9,&thinsp;2024</div></div></body></html>""",
        "2024-01-26 2024-02-09",
    ),
    "cut": (
        """\
The special meeting of shareholders originally convened on Jan-
uary 12, 2010 was adjourned until Feb-
ruary 2, 2010, and again to the 19th day of February,
2010. Proxies received by 5 p.m., East-
ern time, on February 18,
2010 count. See the notice of 1/4/2010.
""",
        "2010-01-12 2010-02-02 2010-02-19 2010-02-18 2010-01-04",
    ),
    "nested": (
        """\
<table><tr><td><table><tr><td>Portfolio A<td><table><tr><td>July 29,</td></tr><tr><td>2016</td></tr></table>
</table><td>and<td>July<br>15,<br>2016</table>""",
        "2016-07-29 2016-07-15",
    ),
    "bullets": (
        """\
<ul><li>Until <b>March 1</b>, <b>2019</b> you may exchange<li>From March 4, 2019 through March&#8209;8, 2019 no
trades<li>On and after 11 March, 2019 new units<li>Between the 4th and 8th of March 2019</ul><p>x<p>y<p>z""",
        "2019-03-01 2019-03-11",
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_date_of_a_layout_is_in_the_ledger(name: str) -> None:
    text, days = LAYOUTS[name]
    mentions = find_mentions(read_filing(text.encode(), name))
    found = Counter(mention.days[0] for mention in mentions if mention.days and mention.days[0] == mention.days[1])
    assert Counter(map(date.fromisoformat, days.split())) <= found
    assert outside(text) == []
