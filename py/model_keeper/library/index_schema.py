"""The tables of the library index. It is a cache: another version is rebuilt, never migrated.

``tree``: a folder that is a root of one or more categories. ``listing``: which category lists which
endings of a tree, ``*`` for all. ``folder``: when a folder's entries were last known, by its time
of change (NULL: look again); not ``online``: its volume was off. ``file``: a model file at one
place. ``content``: what is known of the bytes behind an inode while size and time of change stay;
``asked``: the durable hashes were looked up for it. ``note``: ``generation`` names this file among
those that were made in its place; ``evidence`` is the last durable hash that was entered.

Columns have no type, so that names which are no text (bytes) and names which are stay as they are.
"""

from __future__ import annotations

VERSION = 1

SCHEMA = """
CREATE TABLE note (key PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO note VALUES ('generation', hex(randomblob(8)));
CREATE TABLE tree (
    id INTEGER PRIMARY KEY,
    path UNIQUE NOT NULL,
    endings NOT NULL,
    scanned_at NOT NULL
);
CREATE TABLE listing (
    category NOT NULL,
    tree_id NOT NULL,
    position NOT NULL,
    ending NOT NULL,
    PRIMARY KEY (category, tree_id, ending)
) WITHOUT ROWID;
CREATE INDEX listing_tree ON listing (tree_id, ending);
CREATE TABLE folder (
    tree_id NOT NULL,
    relative NOT NULL,
    identity NOT NULL,
    mtime_ns,
    online NOT NULL,
    PRIMARY KEY (tree_id, relative)
) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    tree_id NOT NULL,
    relative NOT NULL,
    folder NOT NULL,
    folded NOT NULL,
    ending NOT NULL,
    size NOT NULL,
    mtime_ns NOT NULL,
    identity NOT NULL,
    UNIQUE (tree_id, relative)
);
CREATE INDEX file_folded ON file (folded, id);
CREATE INDEX file_size ON file (size);
CREATE INDEX file_identity ON file (identity, size, mtime_ns);
CREATE TABLE content (
    identity NOT NULL,
    size NOT NULL,
    mtime_ns NOT NULL,
    read NOT NULL DEFAULT 0,
    asked NOT NULL DEFAULT 0,
    format,
    base_model,
    kind,
    precision,
    tensors,
    trigger_words NOT NULL DEFAULT '[]',
    title,
    problem,
    sha256,
    hashes NOT NULL DEFAULT '{}',
    claimed_sha256,
    claimed NOT NULL DEFAULT '{}',
    PRIMARY KEY (identity, size, mtime_ns)
) WITHOUT ROWID;
CREATE INDEX content_sha256 ON content (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX content_claimed ON content (claimed_sha256) WHERE claimed_sha256 IS NOT NULL;
CREATE INDEX content_unread ON content (read) WHERE read = 0;
CREATE INDEX content_unasked ON content (asked) WHERE asked = 0;
"""
