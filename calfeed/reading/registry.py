"""The trusts and portfolios of a data folder, and which of them a name means.

Only trust and portfolio together identify a portfolio, since portfolios of different trusts share names.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from calfeed.model.trusts import Names, Portfolio, Trust, address_slug, brief, labels, slug
from calfeed.reading.documents import ID_PATTERN, TrustDocument
from calfeed.reading.problems import Location, Problem
from calfeed.reading.shapes import Checked
from calfeed.reading.suggestions import did_you_mean
from calfeed.reading.yaml import YamlFile

_ID = re.compile(ID_PATTERN)
_WITH_TRUST = re.compile(r"(?P<name>.+\S) \((?P<trust>[^()]+)\)")
"""A portfolio as events call it, with its trust in brackets."""
_SHARE_CLASSES = re.compile(r"\b(?:class(?:es)?|shares)\b", re.IGNORECASE)
_LINK = re.compile(r"(?P<into>\s(?:in)?to\s|\s*(?:->|→)\s*)|\sand\s|\s*[,;&]\s*", re.IGNORECASE)
"""What stands between the names of two portfolios."""
LONGEST_ID = 200
"""The limit of an id, so that a UID with it has at most 202 bytes."""


def id_problem(text: str, example: str) -> str:
    """What is wrong with an id; empty if nothing is."""
    if len(text) > LONGEST_ID:
        return f"an id of {len(text)} characters is too long: at most {LONGEST_ID}"
    if _ID.fullmatch(text):
        return ""
    similar = slug(text) if text.isascii() else ""
    return (
        f'"{text}" cannot be an id: use lower-case letters a to z, digits and single hyphens, such as '
        f"{similar or example}"
    )


_QUOTES = "\"'“”„‟«»\u2018\u2019\u201a\u2039\u203a`"
"""What may stand around a name that was copied from a text, which YAML takes for a part of it."""
MOST_HINTS = 200
"""How many unknown names get a suggestion."""
# Returns where a word is. Most places are never asked for.
Place: TypeAlias = Callable[[], Location]
_Named: TypeAlias = dict[str, tuple[Portfolio, ...]]
"""The portfolios that a word in lower case means."""
Questions: TypeAlias = frozenset[str]
"""Questions to a registry: which trust, or which portfolio, a word means."""
T = TypeVar("T")
S = TypeVar("S", bound=Trust | Portfolio)


class _Stated(NamedTuple, Generic[S]):
    """A trust or a portfolio, and the file that states it.

    Where its words stand there is found when it is asked for: for the row "folder to catalog".
    """

    what: S
    file: YamlFile

    @property
    def words(self) -> list[str]:
        """The words that mean it: its id, its names and its short name."""
        what = self.what
        return list(filter(None, (what.id, what.name, what.short_name, *what.other_names)))

    def place(self, word: str) -> Location:
        """Where a word that means it stands; the case of letters makes no difference."""
        what, at = self.what, self._steps
        word = word.casefold()
        if word == what.id.casefold():
            return self.file.locate(*at, key=True)
        if word == what.name.casefold():
            return self.file.locate(*at, "name")
        if word == what.short_name.casefold():
            return self.file.locate(*at, "short name")
        return self.file.locate(*at, "other names", list(map(str.casefold, what.other_names)).index(word))

    def place_of_address(self, address: str) -> Location:
        """Where the id stands, or the other name, of which an address is made."""
        what = self.what
        return self.place(next((name for name in what.other_names if address_slug(name) == address), what.id))

    @property
    def _steps(self) -> tuple[str, ...]:
        return ("portfolios", self.what.id) if isinstance(self.what, Portfolio) else ()


class _Words(Generic[S]):
    """What words mean among the trusts, or in one trust, and the addresses made of them.

    `stated` are the trusts or portfolios by their ids, `named` those that a word in lower case means: the first of them
    had it first.
    """

    def __init__(self) -> None:
        self.stated: dict[str, _Stated[S]] = {}
        self.named: dict[str, tuple[S, ...]] = {}
        self._addresses: dict[str, _Stated[S]] = {}

    def reserve(self, stated: _Stated[S]) -> None:
        """Keep the address made of an id. All ids come first, so that a collision is reported at the other name."""
        self._addresses.setdefault(stated.what.id, stated)

    def add(self, stated: _Stated[S]) -> list[Problem]:
        """Add a trust or portfolio under the words that mean it. Returns the problems with words that are taken."""
        what, named = stated.what, self.named
        alone = (what,)  # shared by all its words
        self.stated[what.id] = stated
        found: list[Problem] = []
        for name in stated.words:
            word = name.casefold()
            those = named.setdefault(word, alone)
            if those is not alone:
                named[word] = those if what in those else (*those, what)
                by = self.stated[those[0].id]
                taken = _whose(by, by.place(word), stated.file)
                message = f'"{name}" is a name of {taken} already: a name must mean one thing'
                found.append(Problem(stated.place(name), message))
            elif what.other_names and name in what.other_names and (address := address_slug(name)):
                by = self._addresses.setdefault(address, stated)
                if by.what.id != what.id:
                    taken = _whose(by, by.place_of_address(address), stated.file)
                    message = f'"{name}" makes the address "{address}", which {taken} has already'
                    found.append(Problem(stated.place(name), message))
        return found


def _whose(stated: _Stated[S], place: Location, file: YamlFile) -> str:
    """Whose a word is, and where it stands, in words for the author of a file."""
    where = f"line {place.line}" if place.file == file.name else f"{place.file}, line {place.line}"
    return f'"{stated.what.id}" ({where})'


class _Portfolios(_Words[Portfolio]):
    """The portfolios of one trust, and what words mean them there."""

    def __init__(self) -> None:
        super().__init__()
        self.named_earlier: _Named = {}
        self._shown: _Named | None = None

    @property
    def all(self) -> list[Portfolio]:
        """The portfolios, in the order in which they were added."""
        return [each.what for each in self.stated.values()]

    def add_all(self, portfolios: Collection[_Stated[Portfolio]]) -> list[Problem]:
        """Add some portfolios. Returns the problems with their words."""
        self._shown = None
        for stated in portfolios:
            self.reserve(stated)
            for name in stated.what.earlier_names:
                word = name.casefold()
                self.named_earlier[word] = (*self.named_earlier.get(word, ()), stated.what)
        return list(chain.from_iterable(map(self.add, portfolios)))

    def shown(self) -> _Named:
        """The portfolios by what events call them, in lower case. Few plans need it, so it is made when asked for."""
        if self._shown is None:
            self._shown = {portfolio.label.casefold(): (portfolio,) for portfolio in self.all}
        return self._shown

    def without(self, addresses: Collection[str]) -> "_Portfolios":
        """A copy without the portfolios at some addresses, to which others can be added."""
        copy = _Portfolios()
        copy.add_all([each for each in self.stated.values() if each.what.address not in addresses])
        return copy


class _Registered(NamedTuple):
    """What the file of one trust states: the trust, and its portfolios.

    A trust without a name has a problem, and is not among the trusts.
    """

    checked: Checked[TrustDocument]
    stated: _Stated[Trust]
    portfolios: _Portfolios
    is_named: bool = True

    @property
    def trust(self) -> Trust:
        """The trust, as the file states it."""
        return self.stated.what


class _Everywhere(NamedTuple):
    """What words mean, whatever the trust: portfolios by names, earlier names and labels."""

    named: dict[str, list[Portfolio]]
    named_earlier: dict[str, list[Portfolio]]
    shown: dict[str, list[Portfolio]]


class Registry:
    """All trusts and portfolios, in the order of their files, and what their names mean."""

    def __init__(
        self,
        files: Iterable[tuple[str, Checked[TrustDocument]]],
        unread: Iterable[str] = (),
        *,
        before: "Registry | None" = None,
        public: "Registry | None" = None,
        without: Collection[str] = (),
    ) -> None:
        """Register the trusts in some files, given with their ids; `unread` are ids of files that cannot be read.

        Of the registry `before`, the trusts whose files are the very same are taken over, for the row "an edit of one
        trust".

        With a `public` registry, the files are confidential ones, and this registry also holds what is public, except
        the addresses in `without`. The files may then add portfolios to a public trust. If both use a name, the public
        one keeps it.
        """
        self.unresolved = 0
        """How many names may be known or not, since a trust's file could not be read."""
        self._registered: dict[str, _Registered] = {}
        self._words: _Words[Trust] = _Words()
        self._incomplete = set(unread)
        if public:
            self._lay_over(public, without)
        self._register(list(files), before._registered if before else {})
        self.trusts = [each.trust for each in self._registered.values() if each.is_named]
        self.portfolios = [portfolio for each in self._registered.values() for portfolio in each.portfolios.all]
        self.renew_hints()

    def renew_hints(self) -> None:
        """Have as many hints as at the beginning: each reading of some files has its own."""
        self._hints_left = MOST_HINTS

    def trusts_beside(self, other: "Registry") -> tuple[Trust, ...]:
        """The trusts that another registry does not have."""
        if other is self:
            return ()  # where nothing is confidential
        known = {trust.id for trust in other.trusts}
        return tuple(trust for trust in self.trusts if trust.id not in known)

    def portfolios_beside(self, other: "Registry") -> tuple[Portfolio, ...]:
        """The portfolios that do not come from another registry."""
        if other is self:
            return ()  # as above
        return tuple(each.what for each in self._portfolios_stated_beside(other))

    def names_beside(self, other: "Registry") -> dict[str, Place]:
        """The names, in lower case and with their places, that another registry does not have."""
        names: dict[str, Place] = {}
        own: list[_Stated[Trust] | _Stated[Portfolio]] = []
        own += [self._registered[trust.id].stated for trust in self.trusts_beside(other)]
        own += self._portfolios_stated_beside(other)
        for stated in own:
            for name in stated.words:
                word = name.casefold()
                is_theirs = word in other._words.named or word in other._everywhere.named
                if name != stated.what.id and not is_theirs:
                    names.setdefault(" ".join(word.split()), partial(stated.place, name))
        return names

    def _portfolios_stated_beside(self, other: "Registry") -> Iterator[_Stated[Portfolio]]:
        """The portfolios, with their files, that do not come from another registry."""
        for trust_id, registered in self._registered.items():
            theirs = other._registered.get(trust_id)
            for portfolio_id, stated in registered.portfolios.stated.items():
                if theirs is None or theirs.portfolios.stated.get(portfolio_id) is not stated:
                    yield stated

    def differing(self, before: "Registry") -> Questions:
        """The questions to which this registry gives another answer than the one `before`."""
        now, then = self._registered, before._registered
        trusts: set[str] = set()
        found: set[str] = set()
        for trust_id in now.keys() | then.keys():
            both = now.get(trust_id), then.get(trust_id)
            if both[0] is not both[1]:
                trusts.update(word.casefold() for each in both if each for word in each.stated.words)
                found.update(_differing(trust_id, *(each.portfolios.named if each else {} for each in both)))
                found.update(_differing(trust_id, *(each.portfolios.shown() if each else {} for each in both)))
        found.update(word for word in trusts if self.trust_named(word) != before.trust_named(word))
        return frozenset(found)

    @cached_property
    def _everywhere(self) -> _Everywhere:
        """What words mean in all trusts together. Most plans name the trust, and do not ask for this."""
        everywhere = _Everywhere({}, {}, {})
        for each in self._registered.values():
            here = each.portfolios
            for words, of_trust in zip(everywhere, (here.named, here.named_earlier, here.shown()), strict=True):
                for word, found in of_trust.items():
                    words.setdefault(word, []).extend(found)
        return everywhere

    # --- what a name means -------------------------------------------------------------------------------------------

    def trust_named(self, name: str) -> Trust | None:
        """The trust with a name, other name, short name or id; None where there is none."""
        those = self._words.named.get(name.casefold())
        return those[0] if those else None

    def trust(self, name: str) -> Trust | None:
        """The trust with a name, other name, short name or id.

        Returns None if the name is unknown but a trust's file could not be read. Otherwise an unknown name raises
        ValueError with a message for the author.
        """
        if trust := self.trust_named(name):
            return trust
        if self._incomplete:
            self.unresolved += 1
            return None
        hint = self._hint(name, self._trust_words) or ": no file in trusts/ has this name"
        raise ValueError(f'unknown trust "{name}"{hint}')

    def portfolio(self, name: str, trust: Trust | None) -> Portfolio | None:
        """The portfolio with a name, other name or id, in a trust or, if that is None, in any trust.

        Returns None if the name is unknown but the trust's file could not be read. Otherwise an unknown name, and a
        name of several portfolios, raises ValueError with a message for the author.
        """
        here = self._portfolios_named(name, trust)
        if len(here) == 1:
            return here[0]
        trusts = dict.fromkeys(portfolio.trust.name for portfolio in here)
        if len(trusts) > 1:
            raise ValueError(f'"{name}" is a portfolio of {" and of ".join(trusts)}: write "portfolio" and "trust"')
        if here:
            ids = " and ".join(f'"{portfolio.id}"' for portfolio in here)
            raise ValueError(
                f'"{name}" is a name of {ids} in {here[0].trust.name}: write the id of the one that is meant'
            )
        if self._incomplete if trust is None else trust.id in self._incomplete:
            self.unresolved += 1
            return None
        where = f" in {trust.name}" if trust else ""
        raise ValueError(f'unknown portfolio "{name}"{where}{self._advice(name, trust)}')

    def named(self, name: str) -> Portfolio | None:
        """The first portfolio of any trust with a name, or another name; short names and ids do not count."""
        word = name.casefold()
        those = self._portfolios_named(name, None)
        return next((each for each in those if word in map(str.casefold, (each.name, *each.other_names))), None)

    def _portfolios_named(self, name: str, trust: Trust | None) -> tuple[Portfolio, ...]:
        """The portfolios with a name, in a trust or in any.

        A name that is not an id may also mean the portfolios of other trusts which events call so.
        """
        if trust is None:
            word = name.casefold()
            found = tuple(self._everywhere.named.get(word, ()))
            trusts = {each.trust.id for each in found}
            if not found or name in {each.id for each in found}:
                return found
            shown = self._everywhere.shown.get(word, ())
            return (*found, *(each for each in shown if each.trust.id not in trusts))
        registered = self._registered.get(trust.id)
        return registered.portfolios.named.get(name.casefold(), ()) if registered else ()

    def _advice(self, name: str, trust: Trust | None) -> str:
        """What an unknown portfolio may be."""
        if called := self._of_a_label(name, trust):
            return called
        if elsewhere := self._portfolios_named(name, None):
            return f': it is one of {elsewhere[0].trust.name}, so write "portfolio" and "trust"'
        hint = self._of_an_earlier_name(name, trust) or self._of_several(name, trust)
        hint = hint or self._of_share_classes(name, trust)
        hint = hint or self._hint(name, partial(self._portfolio_words_like, name, trust), brief)
        return hint or ": no trust's file lists it"

    def _of_a_label(self, name: str, trust: Trust | None) -> str:
        """A hint if events call a portfolio by an unknown name, perhaps with its trust in brackets; empty if not."""
        with_trust = _WITH_TRUST.fullmatch(name)
        named = self.trust_named(with_trust["trust"]) if with_trust else None
        if with_trust and named:
            name = with_trust["name"]
        of = named or trust
        found = self._called(name, of) if of else None
        if of is None or of == trust:
            return f': did you mean "{found.name}"?' if found else ""
        if found is None:
            return f': name the portfolio under "portfolio", and "{of.name}" under "trust"'
        return f': it is "{found.name}" of {of.name}, so write "portfolio" and "trust"'

    def _called(self, name: str, trust: Trust) -> Portfolio | None:
        """The portfolio of a trust that events call so, or that has this name."""
        shown = self._registered[trust.id].portfolios.shown().get(name.casefold())
        found = shown or self._portfolios_named(name, trust)
        return found[0] if found else None

    def _hint(self, name: str, known: Callable[[], list[str]], key: Callable[[str], str] = str) -> str:
        """A suggestion for an unknown name. Only the first MOST_HINTS get one, since it looks at every known name."""
        self._hints_left -= 1
        return did_you_mean(name.strip(_QUOTES), known(), key) if self._hints_left >= 0 else ""

    def _trust_words(self) -> list[str]:
        return [word for trust in self.trusts for word in (trust.name, *trust.other_names, trust.short_name) if word]

    def _portfolio_words(self, trust: Trust | None) -> list[str]:
        return [
            word
            for portfolio in self.portfolios
            if trust is None or portfolio.trust.id == trust.id
            for word in (portfolio.name, portfolio.short_name, *portfolio.other_names)
            if word
        ]

    def _portfolio_words_like(self, name: str, trust: Trust | None) -> list[str]:
        """The words that an unknown name may mean; not a whole portfolio where it speaks of share classes."""
        words = self._portfolio_words(trust)
        return list(filter(_SHARE_CLASSES.search, words)) if _SHARE_CLASSES.search(name) else words

    def _of_share_classes(self, name: str, trust: Trust | None) -> str:
        """A hint if an unknown name is that of a portfolio with share classes; empty if not."""
        if self._hints_left <= 0 or not _SHARE_CLASSES.search(name):
            return ""
        whole = self._portfolio_words_in(name, trust)
        return f': for share classes alone write "portfolio: {max(whole, key=len)}" and "classes"' if whole else ""

    def _portfolio_words_in(self, name: str, trust: Trust | None) -> list[str]:
        """The words that stand, whole, in an unknown name."""
        text = name.casefold()
        there = [word for word in self._portfolio_words(trust) if word.casefold() in text]
        return [word for word in there if re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", text)]

    def _of_several(self, name: str, trust: Trust | None) -> str:
        """A hint if an unknown name is made of those of several portfolios; empty if not."""
        link = _LINK.search(name)
        if self._hints_left <= 0 or not link:
            return ""
        sides = [self._portfolio_words_in(part, trust) for part in (name[: link.start()], name[link.end() :])]
        if not all(sides):
            return ""
        first, second = (max(side, key=len) for side in sides)
        if link["into"]:
            return f': write "target: {first}" and "acquiring: {second}"'
        return f': write a reorganization for each, with "target: {first}" and with "target: {second}"'

    def _of_an_earlier_name(self, name: str, trust: Trust | None) -> str:
        """A hint if an unknown name is an earlier name of a portfolio, which names nobody any more; empty if not."""
        for portfolio in self._everywhere.named_earlier.get(name.casefold(), ()):
            if trust is None or portfolio.trust.id == trust.id:
                return f': it is an earlier name of "{portfolio.name}"'
        return ""

    # --- registering -------------------------------------------------------------------------------------------------

    def _lay_over(self, public: "Registry", without: Collection[str]) -> None:
        """Register what is public."""
        self._incomplete |= public._incomplete
        for trust_id, each in public._registered.items():
            if not each.is_named or each.trust.address in without:
                continue
            if any(portfolio.address in without for portfolio in each.portfolios.all):
                each = each._replace(portfolios=each.portfolios.without(without))
            self._registered[trust_id] = each
            self._words.reserve(each.stated)
        for each in self._registered.values():
            self._words.add(each.stated)

    def _register(self, files: Sequence[tuple[str, Checked[TrustDocument]]], known: Mapping[str, _Registered]) -> None:
        """Register the trusts in some files; what is `known` of the very same file is taken over."""
        for trust_id, checked in files:
            self._words.reserve(_Stated(_trust(trust_id), checked.file))
            if checked.lost:
                self._incomplete.add(trust_id)
        for trust_id, checked in files:
            public, before = self._registered.get(trust_id), known.get(trust_id)
            is_same = before is not None and before.checked is checked
            registered = before if is_same else _registered(trust_id, checked, public)
            if registered is None:
                continue
            self._registered[trust_id] = registered
            if registered.is_named and not public:
                checked.file.problems.extend(self._words.add(registered.stated))


def _registered(trust_id: str, checked: Checked[TrustDocument], public: _Registered | None) -> _Registered | None:
    """What a trust's file states, beside what is public of that trust; None where the file cannot be read.

    Problems are added to the file.
    """
    file, document = checked.file, checked.document
    if problem := id_problem(trust_id, "met-investors-series-trust"):
        file.problems.append(Problem(Location(file.name), f"file name: {problem}"))
    if document is None:
        return None
    if document.cik and not re.fullmatch(r"\d{1,10}", document.cik):
        file.problems.append(file.problem(f'"{document.cik}" is not a CIK: up to ten digits', "cik"))
    trust = _trust(trust_id, document)
    if public:
        _warn_of_differences(trust, public.trust, file)
        portfolios = public.portfolios.without(())
        _add_portfolios(portfolios, public.trust, file, document)
        return public._replace(checked=checked, portfolios=portfolios)
    is_named = bool(trust.name) or not checked.is_whole("name")
    if not is_named:
        file.problems.append(file.problem('"name" is missing'))
    portfolios = _Portfolios()
    _add_portfolios(portfolios, trust, file, document)
    return _Registered(checked, _Stated(trust, file), portfolios, is_named)


def _trust(trust_id: str, document: TrustDocument | None = None) -> Trust:
    """The trust that a document states, without one nothing but its id."""
    if document is None:
        return Trust(trust_id, "", "", (), "")
    return Trust(trust_id, document.name, document.short_name, document.other_names, document.cik)


def _add_portfolios(portfolios: _Portfolios, trust: Trust, file: YamlFile, document: TrustDocument) -> None:
    """Add the portfolios that a trust's file lists, and the problems with them to the file."""
    names = {each: Names(entry.name, entry.short_name) for each, entry in document.portfolios.items()}
    label_of = labels(names, taken=[portfolio.label for portfolio in portfolios.all])
    name_of_trust = trust.name.casefold()
    added: list[_Stated[Portfolio]] = []
    for portfolio_id, entry in document.portfolios.items():
        if problem := id_problem(portfolio_id, "mfs-value"):
            file.refuse(problem, "portfolios", portfolio_id, key=True)
        # Without the names of the fields, which take twice as long: for the row "folder to catalog".
        own_names = entry.name, entry.short_name, entry.other_names, entry.earlier_names
        stands_alone = entry.name.casefold() == name_of_trust
        portfolio = Portfolio(trust, portfolio_id, *own_names, label_of[portfolio_id], stands_alone)
        added.append(_Stated(portfolio, file))
    file.problems.extend(portfolios.add_all(added))


class Asked:
    """A registry that is asked for one plan, and the `questions`; None once it could not answer for an unreadable file.

    As long as a registry gives equal answers, the plan's file says the same: it need not be read again when some
    trust's file has changed, for the row "an edit of one trust".
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._questions: set[str] = set()
        self._is_answered = True

    @property
    def questions(self) -> Questions | None:
        """What was asked; None where some answer is not known yet, since a trust's file could not be read."""
        return frozenset(self._questions) if self._is_answered else None

    def trust(self, name: str) -> Trust | None:
        """As `Registry.trust`."""
        self._questions.add(_question(name))
        return self._noted(self._registry.trust(name))

    def portfolio(self, name: str, trust: Trust | None) -> Portfolio | None:
        """As `Registry.portfolio`."""
        self._questions.add(_question(name, trust.id if trust else ""))
        return self._noted(self._registry.portfolio(name, trust))

    def named(self, name: str) -> Portfolio | None:
        """A portfolio of any trust with a name."""
        self._questions.add(_question(name, ""))
        return self._registry.named(name)

    def _noted(self, found: T | None) -> T | None:
        self._is_answered = self._is_answered and found is not None
        return found


def _question(word: str, of: str | None = None) -> str:
    """The question which trust a word means, or which portfolio `of` a trust's id; with an empty id, of any trust."""
    return word.casefold() if of is None else f"{of}/{word.casefold()}"


def _differing(trust_id: str, now: _Named, before: _Named) -> Iterator[str]:
    """The questions about the portfolios of one trust to which the answers differ."""
    for word in now.keys() | before.keys():
        if now.get(word) != before.get(word):
            yield from (_question(word, trust_id), _question(word, ""))


def _warn_of_differences(trust: Trust, public: Trust, file: YamlFile) -> None:
    """Warn if a confidential file says something else of a public trust than the trust's own file."""
    differing = {
        "name": trust.name not in {"", public.name},
        "short name": trust.short_name not in {"", public.short_name},
        "other names": not set(trust.other_names) <= set(public.other_names),
        "cik": trust.cik not in {"", public.cik},
    }
    for key, differs in differing.items():
        if differs:
            file.warn(f"the trust is public, and {public.address}.yaml says otherwise: that counts, not this", key)
