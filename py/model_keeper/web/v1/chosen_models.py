"""How a request names models: by their ids, or as what a search finds, but for some."""

from __future__ import annotations

from typing import Annotated, Optional

from model_keeper.web.shapes import About

MOST_IDS = 10_000

Ids = Annotated[
    Optional[tuple[str, ...]],  # noqa: UP045 - evaluated where it stands
    About("Ids of models of the library.", maxItems=MOST_IDS),
]
Category = Annotated[
    Optional[str],  # noqa: UP045
    About("Of what is found only this ComfyUI folder.", maxLength=200),
]
Without = Annotated[tuple[str, ...], About("Of what is found not these ids.", maxItems=MOST_IDS)]
