"""Whether a picture is shown, blurred or hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TypeVar

_T = TypeVar("_T")


class Rating(IntEnum):
    """What is on a picture, in the numbers of Civitai's bit field."""

    PG = 1
    PG13 = 2
    R = 4
    X = 8
    XXX = 16
    BLOCKED = 32


class Exposure(str, Enum):
    SHOW = "show"
    BLUR = "blur"
    HIDE = "hide"


@dataclass(frozen=True)
class PreviewPolicy:
    """``limit`` is the strongest rating that is shown; ``above`` is done to what is stronger.

    ``unknown``: what is done to a picture that nobody rated, as the person's own are. ``private``
    is the switch for a room with other people in it: nothing is shown, whatever else is wished.
    """

    limit: Rating = Rating.PG13
    above: Exposure = Exposure.BLUR
    unknown: Exposure = Exposure.SHOW
    private: bool = False

    def exposure(self, nsfw_level: int | None) -> Exposure:
        """What is done to a picture. Of several bits the strongest counts; no bit is not rated."""
        wished = self._wished(nsfw_level)
        if self.private and wished is Exposure.SHOW:
            return Exposure.BLUR
        return wished

    def preferred(
        self, pictures: Iterable[_T], level: Callable[[_T], int | None]
    ) -> tuple[_T, ...]:
        """Those that may be shown, then those to be blurred; hidden ones are left out.

        The switch for a room with other people in it changes no preference.
        """
        by_exposure: dict[Exposure, list[_T]] = {exposure: [] for exposure in Exposure}
        for picture in pictures:
            by_exposure[self._wished(level(picture))].append(picture)
        return (*by_exposure[Exposure.SHOW], *by_exposure[Exposure.BLUR])

    def _wished(self, nsfw_level: int | None) -> Exposure:
        if nsfw_level is None or nsfw_level <= 0:
            return self.unknown
        return Exposure.SHOW if nsfw_level < 2 * self.limit else self.above
