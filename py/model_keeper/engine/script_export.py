"""Download scripts: what would be fetched, as text to look at or to run elsewhere. Deprecated."""

from __future__ import annotations

import shlex
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from model_keeper.domain.downloads import Destination
from model_keeper.domain.link_parsing import SECRET_PARAMETERS

DEPRECATED = "Scripts are deprecated: model-keeper get resumes, verifies and waits by itself."
PYTHON_FILE, SHELL_FILE = "get_models.py", "get_models.sh"


class ScriptMode(str, Enum):
    PYTHON = "python"
    SCRIPT = "script"  # for a shell
    BOTH = "both"


@dataclass(frozen=True)
class ScriptDownload:
    """A row of a script. ``sha256`` is lower-case hex; without it nothing can be proven."""

    url: str
    destination: Destination
    sha256: str | None = None


def exported_scripts(
    downloads: Sequence[ScriptDownload], mode: ScriptMode = ScriptMode.BOTH
) -> Mapping[str, str]:
    """The texts by file name. Nothing in them is secret: tokens come from the environment.

    Warns that scripts are deprecated (DeprecationWarning).
    """
    warnings.warn(DEPRECATED, DeprecationWarning, stacklevel=2)
    texts = {}
    if mode is not ScriptMode.SCRIPT:
        texts[PYTHON_FILE] = python_script(downloads)
    if mode is not ScriptMode.PYTHON:
        texts[SHELL_FILE] = shell_script(downloads)
    return texts


def shell_script(downloads: Sequence[ScriptDownload]) -> str:
    """For a POSIX shell with curl, or wget where no token is needed. Overwrites nothing."""
    return (
        _SHELL.replace("@DEPRECATED@", DEPRECATED)
        + "".join(f"get {_quoted(row)}\n" for row in downloads)
        + 'exit "$failed"\n'
    )


def python_script(downloads: Sequence[ScriptDownload]) -> str:
    """Calls ``model-keeper get`` for each, which does the rest."""
    rows = "".join(f"    {_command(row)!r},\n" for row in downloads)
    return _PYTHON.replace("@DEPRECATED@", DEPRECATED).replace("@COMMANDS@", rows)


def _quoted(row: ScriptDownload) -> str:
    path = PurePath(row.destination.path)
    words = (_public(row.url), path.parent.as_posix(), path.name, (row.sha256 or "").lower())
    return " ".join(map(shlex.quote, words))


def _command(row: ScriptDownload) -> list[str]:
    place = row.destination
    options = [f"--to={place.category}", f"--root={place.root}", f"--name={place.relative}"]
    if row.sha256:
        options.append(f"--sha256={row.sha256.lower()}")
    return ["model-keeper", "get", "--yes", *options, "--", _public(row.url)]


def _public(url: str) -> str:
    """``url`` without a user's name, password or key."""
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    host = parts.netloc.rpartition("@")[2]
    kept = [(key, value) for key, value in query if not _is_secret(key)]
    text = parts.query if kept == query else urlencode(kept, quote_via=quote)
    return parts._replace(netloc=host, query=text, fragment="").geturl()


def _is_secret(key: str) -> bool:
    return key.lower() in SECRET_PARAMETERS or key.lower().startswith("x-amz-")


_PYTHON = '''"""Fetches models with Model Keeper.

@DEPRECATED@
"""

import subprocess
import sys

COMMANDS = [
@COMMANDS@]

if __name__ == "__main__":
    sys.exit(max([subprocess.run(command).returncode for command in COMMANDS], default=0))
'''

_SHELL = r"""#!/bin/sh
# Fetches models. Made by Model Keeper.
# @DEPRECATED@
# Tokens are taken from HF_TOKEN and CIVITAI_TOKEN, for these two sites only.
set -u
failed=0

say() { printf '%-8s %s\n' "$1" "$2"; }

sha256_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi |
    cut -d ' ' -f 1
}

token_for() {
  case $1 in
    https://huggingface.co/*) printf '%s' "${HF_TOKEN:-}" ;;
    https://civitai.com/* | https://civitai.red/*) printf '%s' "${CIVITAI_TOKEN:-}" ;;
  esac
}

# fetch URL PART: goes on where it was; the token is on no command line and goes to no other host.
fetch() {
  token=$(token_for "$1")
  if ! command -v curl >/dev/null 2>&1; then
    [ -z "$token" ] && wget -q -c -O "$2" -- "$1"
  elif [ -n "$token" ]; then
    printf 'Authorization: Bearer %s\n' "$token" |
      curl -fL --retry 3 -C - -H @- -o "$2" --url "$1"
  else
    curl -fL --retry 3 -C - -o "$2" --url "$1"
  fi
}

is_proven() { [ -n "$2" ] && [ -e "$1" ] && [ "$(sha256_of "$1")" = "$2" ]; }

fail() {
  say "$1" "$2" >&2
  failed=1
}

# get URL FOLDER NAME SHA256
get() {
  path=$2/$3
  part=$path.part
  if [ -e "$path" ]; then say kept "$path"; return; fi
  mkdir -p -- "$2" || { fail failed "$path"; return; }
  # Without a hash nobody could tell whether an old part belongs to the same file.
  if [ -z "$4" ]; then rm -f -- "$part"; fi
  if ! is_proven "$part" "$4" && ! fetch "$1" "$part"; then fail failed "$path"; return; fi
  if [ -n "$4" ] && ! is_proven "$part" "$4"; then
    rm -f -- "$part"
    fail wrong "$path"
    return
  fi
  # A link is refused where a file has come up meanwhile; drives without links are looked at.
  ln -- "$part" "$path" 2>/dev/null ||
    { [ ! -e "$path" ] && mv -- "$part" "$path"; } || { fail failed "$path"; return; }
  rm -f -- "$part"
  if [ -n "$4" ]; then say proven "$path"; else say unproven "$path"; fi
}

"""
