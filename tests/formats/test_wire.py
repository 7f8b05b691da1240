"""Every format over the wire: headers, validators and errors."""

import pytest

from calfeed.addresses.choices import Choice, ChoiceError
from calfeed.addresses.resources import Resources
from tests.formats.example import ASKED, MEDIA_TYPES, Asked
from tests.support import RunningServer, ask


@pytest.mark.parametrize("extension", MEDIA_TYPES)
@pytest.mark.parametrize("asked", [asked for asked, _ in ASKED.values()], ids=list(ASKED))
def test_the_server_sends_each_format_with_its_headers(
    server: RunningServer, resources: Resources, asked: Asked, extension: str
) -> None:
    reply = ask(server.port, asked.target(extension))
    assert reply.status == 200
    assert reply.body == asked.body(resources, extension)
    name = f"{asked.address.replace('/', '-')}.{extension}"
    expected = {
        "content-type": MEDIA_TYPES[extension],
        "content-length": str(len(reply.body)),
        "content-disposition": f'inline; filename="{name}"',
        "cache-control": "public, max-age=300",
        "access-control-allow-origin": "*",
        "x-content-type-options": "nosniff",
    }
    assert {header: reply.headers[header] for header in expected} == expected
    download = ask(server.port, asked.target(extension, "download"))
    assert download.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert download.body == reply.body
    current = ask(server.port, asked.target(extension), headers={"If-None-Match": reply.headers["etag"]})
    assert (current.status, current.body) == (304, b"")
    head = ask(server.port, asked.target(extension), method="HEAD")
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", reply.headers["etag"])


@pytest.mark.parametrize("extension", MEDIA_TYPES)
def test_order_and_repeats_change_no_byte_of_any_format(server: RunningServer, extension: str) -> None:
    one_way = Asked("selection", ("closing", "name-change"), ("plans/soft", "plans/done"))
    other_way = Asked(
        "selection", ("name-change", "closing", "name-change"), ("plans/done", "plans/soft", "plans/done")
    )
    assert ask(server.port, one_way.target(extension)).body == ask(server.port, other_way.target(extension)).body


@pytest.mark.parametrize("extension", MEDIA_TYPES)
@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("all", "kind=closng", 400),
        ("all", "kind=closing&kind=", 400),
        ("selection", "feed=all&kind=closng", 400),
        ("all", "alarm=soon", 400),
        ("trusts/nobody", "", 404),
        ("selection", "", 404),
        ("selection", "feed=trusts/nobody", 404),
    ],
)
def test_what_cannot_be_answered_is_a_short_text_in_place_of_any_format(
    server: RunningServer, path: str, query: str, status: int, extension: str
) -> None:
    reply = ask(server.port, f"/{path}.{extension}?{query}")
    assert reply.status == status
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.headers["cache-control"] == "no-store"
    assert 0 < len(reply.body) < 200


@pytest.mark.parametrize("extension", ["json", "csv", "atom"])
def test_an_alarm_makes_no_other_document(resources: Resources, extension: str) -> None:
    plain = resources.find(f"/all.{extension}", Choice())
    assert resources.find(f"/all.{extension}", Choice(alarms=["7d"])) is plain
    with pytest.raises(ChoiceError):
        resources.find(f"/all.{extension}", Choice(alarms=["soon"]))


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("closing,record-date", '"closing,record-date" is not one kind: write kind=closing&kind=record-date'),
        ("closing,foo,record-date", 'unknown kind "foo"'),
        ("closing,record-dat", 'unknown kind "record-dat": did you mean "record-date"?'),
        ("closing date", 'unknown kind "closing date": did you mean "closing"?'),
        (
            "closing,record-date,special-meeting,proxy-mailing,board-approval,name-change",
            "write kind=closing&kind=record-date&kind=special-meeting&kind=proxy-mailing&kind=board-approval"
            "&kind=name-change",
        ),
    ],
)
def test_advice_on_several_kinds_in_one_drops_none(kind: str, message: str) -> None:
    with pytest.raises(ChoiceError) as error:
        _ = Choice(kinds=[kind]).only
    assert str(error.value).endswith(message)
