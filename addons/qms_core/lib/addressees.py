"""Who is called to a duty, and who is told when it is late.

Plain data in, plain data out: people with their chiefs and stand-ins, so that a hundred thousand duties are sorted to
their addressees without a query each.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Login:
    """An active user, and the language he is spoken to in."""

    id: int
    lang: str = "en_US"


@dataclass(frozen=True)
class Person:
    """An employee as far as his duties are concerned."""

    key: int
    login: Login | None = None
    works: bool = True
    chief: int | None = None
    stand_in: int | None = None
    company: int | None = None


class Staff:
    """People, and who is addressed for each of them.

    :param people: an iterable of ``Person``
    :param fallback: function of a company that returns the logins of who is addressed where nobody else can be
    """

    def __init__(self, people, fallback=lambda company: ()):
        self._people = {person.key: person for person in people}
        self._fallback = fallback
        self._fallbacks = {}
        self._addressed = {}

    def with_fallback(self, fallback):
        """Return the same people with another last resort.

        >>> staff = Staff([Person(1, company=5)], lambda company: [Login(11)])
        >>> staff.with_fallback(lambda company: [Login(12)]).called(1)
        [(Login(id=12, lang='en_US'), 'chief')]
        """
        return Staff(self._people.values(), fallback)

    def called(self, key, company=None):
        """Return who is called to a person's duty: himself and who stands in for him.

        Where neither works here with a login, it is his chief, so that nothing waits for nobody.

        :param key: the person; none for a duty that nobody answers for
        :param company: the authority of such a duty
        :return: list of ``(login, how)``; how is ``own``, ``stand_in`` or ``chief``

        >>> chief, clerk = Person(1, Login(11)), Person(2, Login(12), chief=1)
        >>> Staff([chief, clerk]).called(2)
        [(Login(id=12, lang='en_US'), 'own')]
        >>> Staff([chief, Person(2, Login(12), works=False, chief=1)]).called(2)
        [(Login(id=11, lang='en_US'), 'chief')]
        """
        own, stand_in = self._login(key), self._login(self.present(key))
        if own or stand_in:
            calls = [(own, "own")] if own else []
            return calls + ([(stand_in, "stand_in")] if stand_in and stand_in != own else [])
        above = self._above(key)
        return [(login, "chief") for login in above[:1] or self._nobody(key, company)]

    def told(self, key, level, company=None):
        """Return the logins that are told of a person's late duty at a level: his chief, the next one, and so on.

        Chiefs who can't be reached are left out; above the highest one nobody is told again.
        """
        above = self._above(key)
        if not above:
            return list(self._nobody(key, company)) if level == 0 else []
        return above[level : level + 1]

    def addressed(self):
        """Return whose duties each login is called to: ``{login id: [(person, how), …]}``."""
        # Once for all the batches of a digest: a region has as many batches as it has hundreds of people.
        if not self._addressed:
            for key in self._people:
                for login, how in self.called(key):
                    self._addressed.setdefault(login.id, []).append((key, how))
        return self._addressed

    def last_resort(self, company):
        """Return the logins that are called where nobody else can be."""
        return self._nobody(None, company)

    def present(self, key):
        """Return the key of who stands in for a person today, or the person's own.

        >>> Staff([Person(1, stand_in=2), Person(2, stand_in=3), Person(3, stand_in=1)]).present(1)
        3
        """
        seen = {key}
        while (person := self._people.get(key)) and person.stand_in and person.stand_in not in seen:
            key = person.stand_in
            seen.add(key)
        return key

    def reached(self, key):
        """Tell whether a person works here and has a login."""
        return self._login(key) is not None

    def _login(self, key):
        person = self._people.get(key)
        return person.login if person and person.works else None

    def _above(self, key):
        """Return the logins of the chiefs of a person, the next one first, stand-ins in the place of absent ones."""
        logins, seen, chief = [], {key}, self._chief(key)
        own = self._login(key)
        while chief and chief not in seen:
            seen.add(chief)
            login = self._login(self.present(chief)) or self._login(chief)
            if login and login != own and login not in logins:
                logins.append(login)
            chief = self._chief(chief)
        return logins

    def _chief(self, key):
        person = self._people.get(key)
        return person.chief if person else None

    def _nobody(self, key, company):
        person = self._people.get(key)
        company = person.company if person else company
        if company not in self._fallbacks:
            self._fallbacks[company] = tuple(self._fallback(company))
        return self._fallbacks[company]
