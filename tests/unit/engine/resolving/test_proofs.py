"""When several addresses are one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding, Status, Step, WantedFile, judged
from model_keeper.engine.resolving.proofs import Proofs

A, B, C = "https://a/x.pt", "https://b/x.pt", "https://c/x.pt"


class Hosts:
    """Say which SHA256 each address holds; None for one that does not answer."""

    def __init__(self, hashes: Mapping[str, str | None]) -> None:
        self._hashes = hashes
        self.asked: list[str] = []

    def look_up(self, url: str) -> Sequence[Asset]:
        self.asked.append(url)
        digit = self._hashes[url]
        if digit is None:
            raise KeeperError("unreachable", host=url, why="it is down")
        return [Asset("plain", url, "x.pt", size=5, sha256=digit * 64)]


def choice(*urls: str, score: int = 95) -> Finding:
    offers = [Candidate(Source.KNOWN, "x.pt", score, url=url) for url in urls]
    return judged(WantedFile(Wanted("x.pt", "vae"), (), required=True), [Step(offers)])


def test_addresses_of_one_content_are_no_choice() -> None:
    hosts = Hosts({A: "1", B: "1"})
    settled = Proofs(hosts.look_up).settled(choice(A, B))
    assert settled.status is Status.FETCH
    assert settled.chosen is not None
    assert (settled.chosen.url, settled.chosen.sha256) == (A, "1" * 64)
    assert settled.chosen.evidence[-1].code == "same_content"
    assert [candidate.url for candidate in settled.candidates] == [A, B]


def test_addresses_of_several_contents_stay_one_and_show_their_hashes() -> None:
    hosts = Hosts({A: "1", B: "2"})
    settled = Proofs(hosts.look_up).settled(choice(A, B))
    assert settled.status is Status.CHOOSE
    assert [c.sha256 for c in settled.candidates] == ["1" * 64, "2" * 64]


def test_who_does_not_answer_leaves_the_choice_to_the_person() -> None:
    hosts = Hosts({A: "1", B: None})
    assert Proofs(hosts.look_up).settled(choice(A, B)).status is Status.CHOOSE


def test_each_address_is_asked_about_once() -> None:
    hosts = Hosts({A: "1", B: "2"})
    proofs = Proofs(hosts.look_up)
    for _ in range(3):
        proofs.settled(choice(A, B))
    assert hosts.asked == [A, B]


def test_nobody_is_asked_about_what_is_settled_or_merely_likely() -> None:
    hosts = Hosts({})
    proofs = Proofs(hosts.look_up)
    assert proofs.settled(choice(A)).status is Status.FETCH
    assert proofs.settled(choice(A, B, score=70)).status is Status.CHOOSE
    assert proofs.settled(choice()).status is Status.MISSING
    many = choice(*(f"https://{n}/x.pt" for n in range(7)))
    assert proofs.settled(many).status is Status.CHOOSE
    assert hosts.asked == []
