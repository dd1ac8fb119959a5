"""Every text of the panel exists, in every language, and is used."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from model_keeper.domain.errors import ERRORS
from model_keeper.domain.jobs import Event
from tests.conventions.sources import ROOT, calls, product_files

_LOCALES = ROOT / "locales"
_LANGUAGES = sorted(folder.name for folder in _LOCALES.iterdir())
_TRANSLATIONS = [language for language in _LANGUAGES if language != "en"]
_FILES = ("main", "settings", "commands")

#: The CLDR plural categories that whole numbers need.
_PLURALS = {"en": {"one", "other"}, "zh": {"other"}}
_PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_COMMAND = re.compile(r"model-keeper |(?:^|\s)--\w")

#: Names, and what the server says itself.
_SAME_IN_EVERY_LANGUAGE = {
    "title",
    "provider.huggingface",
    "provider.civitai",
    "source.civitai",
    "source.huggingface",
    "key.delete",
    "line.sha256",
    "errors.choice_needed.hint",
    "errors.invalid_request.message",
}
_MADE_BY_THE_PANEL = {"server_gone"}
#: Their keys are made of what the server sends.
_OF_THE_SERVER = ("errors.", "event.", "evidence.", "kind.", "provider.", "source.")
_EVENTS_OF_BATCHES = {"batch"}

_QUOTED = re.compile(r"'((?:[A-Za-z]\w*\.)*\w+)'")
_LITERAL = re.compile(r"\bt\(\s*'([\w.]+)'")
_TEMPLATE = re.compile(r"`((?:[\w.]|\$\{[^{}`]*\})+)`")
_TRANSLATED_TEMPLATE = re.compile(r"\bt\(\s*" + _TEMPLATE.pattern)
_HOLE = re.compile(r"\$\{[^{}`]*\}")
_OBJECT_KEY = re.compile(r"\b(\w+):\s")


def _leaves(tree: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{above}{key}.")
        else:
            yield above + key, value


@cache
def _document(language: str, file: str = "main") -> dict[str, Any]:
    text = (_LOCALES / language / f"{file}.json").read_bytes().decode("utf-8")
    document: dict[str, Any] = json.loads(text, object_pairs_hook=_without_doubles)
    return document


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"the same key twice among {names}"
    return dict(pairs)


@cache
def _texts(language: str) -> dict[str, str]:
    return dict(_leaves(_document(language)["modelKeeper"]))


def _placeholders(language: str) -> dict[str, set[str]]:
    """Of each text what fills it in, all its plural forms together."""
    found: dict[str, set[str]] = {}
    for key, text in _texts(language).items():
        found.setdefault(_PLURAL.sub("", key), set()).update(_PLACEHOLDER.findall(text))
    return found


def _plurals(language: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key in _texts(language):
        if form := _PLURAL.search(key):
            found.setdefault(key[: form.start()], set()).add(form[1])
    return found


@cache
def _panel() -> str:
    """The source of the panel, without its tests."""
    files = (path for path in (ROOT / "web" / "src").rglob("*.*") if path.suffix in {".ts", ".vue"})
    product = (path for path in sorted(files) if ".test." not in path.name)
    return "\n".join(p.read_text(encoding="utf-8") for p in product if p.parent.name != "testing")


def _named() -> set[str]:
    """What the panel spells out: a text, a plural or a whole group."""
    groups = {key.partition(".")[0] for key in _texts("en")}
    dotted = {name for name in _QUOTED.findall(_panel()) if name.partition(".")[0] in groups}
    return {*_LITERAL.findall(_panel()), *(name for name in dotted if "." in name)}


def _templates() -> set[str]:
    """Keys with holes, as in ``unit.${name}``."""
    groups = {key.partition(".")[0] for key in _texts("en")}
    begun = {each for each in _TEMPLATE.findall(_panel()) if re.match(r"(\w+)\.", each)}
    of_groups = {each for each in begun if each.partition(".")[0] in groups}
    return {*_TRANSLATED_TEMPLATE.findall(_panel()), *of_groups}


def _matches(template: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The texts that a template may name, each with what would be in its holes."""
    pattern = re.compile(r"([\w.]+)".join(map(re.escape, _HOLE.split(template))))
    for key in _placeholders("en"):
        if found := pattern.fullmatch(key):
            yield key, found.groups()


def test_the_panel_can_load_every_language() -> None:
    loader = r"'?([\w-]+)'?: \(\) => import\('[./]+/locales/\1/main\.json'\)"
    loaded = re.findall(rf"^\s+{loader}", _panel(), re.MULTILINE)
    assert sorted(["en", *loaded]) == _LANGUAGES


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_language_has_its_files(language: str) -> None:
    assert {path.name for path in (_LOCALES / language).iterdir()} == {f"{n}.json" for n in _FILES}
    assert set(_document(language)) == {"modelKeeper"}


@pytest.mark.parametrize("language", _LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    texts = [leaf for file in _FILES for leaf in _leaves(_document(language, file))]
    assert [key for key, text in texts if not text or text != text.strip()] == []


@pytest.mark.parametrize("language", _TRANSLATIONS)
def test_a_translation_has_the_same_texts(language: str) -> None:
    assert _placeholders(language) == _placeholders("en")


@pytest.mark.parametrize("language", _TRANSLATIONS)
@pytest.mark.parametrize("file", ["settings", "commands"])
def test_a_translation_has_the_same_texts_for_comfyui(language: str, file: str) -> None:
    translated, english = (dict(_leaves(_document(each, file))) for each in (language, "en"))
    assert set(translated) == set(english)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_plurals_have_the_forms_of_their_language(language: str) -> None:
    assert set(_plurals(language)) == set(_plurals("en"))
    wrong = {k: f for k, f in _plurals(language).items() if f != _PLURALS[language]}
    assert wrong == {}


@pytest.mark.parametrize("language", _TRANSLATIONS)
def test_no_english_is_left_over(language: str) -> None:
    english = _texts("en")
    same = {key for key, text in _texts(language).items() if text == english.get(key)}
    assert same - _SAME_IN_EVERY_LANGUAGE == set()


def test_english_reports_and_does_not_plead() -> None:
    avoided = re.compile(r"!|\b(?:please|oops|successful(?:ly)?|invalid)\b", re.IGNORECASE)
    assert [key for key, text in _texts("en").items() if avoided.search(text)] == []


@pytest.mark.parametrize("language", _LANGUAGES)
def test_the_panel_does_not_send_people_to_the_command_line(language: str) -> None:
    named = {key for key, text in _texts(language).items() if _COMMAND.search(f"{text} ")}
    assert named <= {"pair.text"}


def test_every_error_can_be_said() -> None:
    said = _document("en")["modelKeeper"]["errors"]
    assert set(said) == set(ERRORS) | _MADE_BY_THE_PANEL
    assert {code for code, parts in said.items() if set(parts) != {"message", "hint"}} == set()
    assert {code for code in _MADE_BY_THE_PANEL if f"'{code}'" not in _panel()} == set()


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_is_filled_in_with_what_the_server_sends(code: str) -> None:
    sent = set(_PLACEHOLDER.findall(ERRORS[code].message + ERRORS[code].hint))
    for part in ("message", "hint"):
        assert set(_PLACEHOLDER.findall(_texts("en")[f"errors.{code}.{part}"])) <= sent


def test_every_event_of_a_job_has_its_words() -> None:
    written = {
        call.args[1].value
        for path in product_files()
        for name, call in calls(path)
        if name == "unit.record"
        if isinstance(call.args[1], ast.Constant)
    }
    known = set(_document("en")["modelKeeper"]["event"])
    assert ({event.value for event in Event} | written) - _EVENTS_OF_BATCHES - known == set()


def test_what_the_panel_says_exists() -> None:
    texts = set(_placeholders("en"))
    groups = {key.rpartition(".")[0] for key in texts}
    assert _named() - texts - groups == set()
    assert {each for each in _templates() if not any(_matches(each))} == set()


def test_every_text_is_said() -> None:
    words = {*_QUOTED.findall(_panel()), *_OBJECT_KEY.findall(_panel())}
    said = _named() | {
        key for each in _templates() for key, holes in _matches(each) if words.issuperset(holes)
    }
    own = {key for key in _placeholders("en") if not key.startswith(_OF_THE_SERVER)}
    assert own - said == set()


def test_comfyui_finds_its_texts() -> None:
    """It looks for the id of a setting or a command with underscores for dots."""
    settings = re.findall(r"'(modelKeeper\.[A-Z]\w*)'", _panel())
    assert set(_document("en", "settings")) == {each.replace(".", "_") for each in settings}
    tabs = re.findall(r"\bTAB = '([\w-]+)'", _panel())
    assert set(_document("en", "commands")) == {f"Workspace_ToggleSidebarTab_{tab}" for tab in tabs}
    for setting in _document("en", "settings").values():
        assert f"name: '{setting['name']}'" in _panel()
