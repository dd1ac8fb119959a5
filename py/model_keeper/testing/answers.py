"""What servers send instead of a model."""

from __future__ import annotations

import json

LOGIN_PAGE = (
    b"<!DOCTYPE html>\n<html lang='en'><head><title>Log in &amp; continue</title></head>"
    b"<body><form action='/login'></form></body></html>\n"
)
UNTITLED_PAGE = b"\r\n  <!-- served -->\n<html><body>Please wait</body></html>"
XML_ERROR = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
)
TEXT_ERROR = b"Invalid username or password."
JSON_ERROR = json.dumps({"error": "Unauthorized", "message": "The model requires you to log in"})
POINTER = (
    b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"ab" * 32 + b"\nsize 6938078334\n"
)

#: Each with the words that a person has to read about it.
ANSWERS: tuple[tuple[str, bytes, str], ...] = (
    ("login page", LOGIN_PAGE, "an HTML page titled “Log in & continue”"),
    ("page without a title", UNTITLED_PAGE, "an HTML page"),
    ("page in UTF-16", b"\xff\xfe" + LOGIN_PAGE.decode().encode("utf-16-le"), "an HTML page"),
    ("XML error", XML_ERROR, "an XML answer saying “AccessDenied”"),
    ("JSON error", JSON_ERROR.encode(), "a JSON answer saying “Unauthorized”"),
    ("plain text", TEXT_ERROR, "a text saying “Invalid username or password.”"),
    ("Git LFS pointer", POINTER, "a Git LFS pointer that only stands for a file of 6938078334"),
    ("nothing", b"", "an empty file"),
)
