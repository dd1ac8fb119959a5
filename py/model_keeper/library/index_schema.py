"""The tables of the library index. It is a cache: another version is rebuilt, never migrated.

``tree``: a folder that is a root of one or more categories. ``listing``: which category lists which
endings of a tree, ``*`` for all. ``folder``: when a folder's entries were last known, by its time
of change (NULL: look again); not ``online``: its volume was off. ``file``: a model file at one
place. ``content``: what is known of the bytes behind an inode while size and time of change stay;
``asked``: the durable hashes were looked up for it. ``note``: ``generation`` names this file among
those that were made in its place; ``evidence`` is the last durable hash that was entered.

``mark`` and ``use`` are copies of the durable store: what people said of a file, by its identity,
and when a path was last used. ``place``: all that is searched and sorted by, one row for each file
in each category that lists it, made of the tables above; its columns are text, never bytes.
``preview``: which picture shows a file, by its name (empty: it is kept apart in the state folder),
whether it was ``looked`` at since its folder changed, and what was seen then: its ``stamp``,
whether it is ``sound``, and its rating. ``sidecar``: which names have something written beside
them, and how it was last seen (``stamp``). ``said``: what is written of a file, as it was read when
its sidecars had this stamp; ``unsaid`` are codes of what nobody said. ``unread_sidecar``: files
whose sidecars are others by now. ``stale``: files whose places are to be made again, which every
transaction does before it ends.

Columns have no type, so that names which are no text (bytes) and names which are stay as they are;
but numbers of rows have theirs: SQLite looks for a row's number in no index of a column without.
"""

from __future__ import annotations

VERSION = 5

SCHEMA = """
CREATE TABLE note (key PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO note VALUES ('generation', hex(randomblob(8)));
CREATE TABLE tree (
    id INTEGER PRIMARY KEY,
    path UNIQUE NOT NULL,
    folded NOT NULL,
    endings NOT NULL,
    scanned_at NOT NULL
);
CREATE TABLE listing (
    category NOT NULL,
    tree_id INTEGER NOT NULL,
    position NOT NULL,
    ending NOT NULL,
    PRIMARY KEY (category, tree_id, ending)
) WITHOUT ROWID;
CREATE INDEX listing_tree ON listing (tree_id, ending);
CREATE TABLE folder (
    tree_id INTEGER NOT NULL,
    relative NOT NULL,
    identity NOT NULL,
    mtime_ns,
    online NOT NULL,
    PRIMARY KEY (tree_id, relative)
) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    tree_id INTEGER NOT NULL,
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
CREATE INDEX file_folder ON file (tree_id, folder);
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
CREATE TABLE mark (
    identity PRIMARY KEY,
    favourite NOT NULL,
    rating NOT NULL,
    notes NOT NULL,
    tags NOT NULL
) WITHOUT ROWID;
CREATE TABLE use (path PRIMARY KEY, runs NOT NULL, last_run NOT NULL) WITHOUT ROWID;
CREATE TABLE preview (
    tree_id INTEGER NOT NULL,
    folder NOT NULL,
    relative NOT NULL,
    picture NOT NULL,
    stamp NOT NULL DEFAULT '',
    looked NOT NULL DEFAULT 0,
    sound NOT NULL DEFAULT 1,
    nsfw_level,
    PRIMARY KEY (tree_id, folder, relative)
) WITHOUT ROWID;
CREATE INDEX preview_relative ON preview (tree_id, relative);
CREATE TABLE sidecar (
    tree_id INTEGER NOT NULL,
    folder NOT NULL,
    base NOT NULL,
    stamp NOT NULL,
    PRIMARY KEY (tree_id, folder, base)
) WITHOUT ROWID;
CREATE TABLE unread_sidecar (
    tree_id INTEGER NOT NULL,
    relative NOT NULL,
    PRIMARY KEY (tree_id, relative)
) WITHOUT ROWID;
CREATE TABLE said (
    tree_id INTEGER NOT NULL,
    relative NOT NULL,
    stamp NOT NULL,
    unsaid NOT NULL,
    name,
    base_model,
    words NOT NULL,
    PRIMARY KEY (tree_id, relative)
) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    key NOT NULL,
    file_id INTEGER NOT NULL,
    tree_id INTEGER NOT NULL,
    category NOT NULL,
    name NOT NULL,
    size NOT NULL,
    changed NOT NULL,
    used NOT NULL,
    runs NOT NULL,
    rating NOT NULL,
    favourite NOT NULL,
    broken NOT NULL,
    claimed NOT NULL,
    previewed NOT NULL,
    preview_level,
    format,
    base_model,
    precision,
    sha256,
    tags NOT NULL,
    completeness NOT NULL,
    missing NOT NULL,
    title,
    words NOT NULL
);
CREATE UNIQUE INDEX place_key ON place (key);
CREATE INDEX place_file ON place (file_id);
CREATE INDEX place_name ON place (name, key, category);
CREATE INDEX place_size ON place (size, key, category);
CREATE INDEX place_changed ON place (changed, key, category);
CREATE INDEX place_used ON place (used, key, category);
CREATE INDEX place_rating ON place (rating, key, category);
CREATE INDEX place_sha256 ON place (sha256) WHERE sha256 IS NOT NULL;
CREATE TABLE stale (file_id INTEGER PRIMARY KEY);
CREATE TRIGGER file_came AFTER INSERT ON file BEGIN
    INSERT OR IGNORE INTO stale VALUES (NEW.id);
END;
CREATE TRIGGER file_changed AFTER UPDATE ON file BEGIN
    INSERT OR IGNORE INTO stale VALUES (NEW.id);
END;
CREATE TRIGGER file_went AFTER DELETE ON file BEGIN
    INSERT OR IGNORE INTO stale VALUES (OLD.id);
END;
CREATE TRIGGER content_changed AFTER UPDATE ON content
WHEN (OLD.format, OLD.base_model, OLD.precision, OLD.trigger_words, OLD.title, OLD.problem,
        OLD.sha256, OLD.claimed_sha256)
    IS NOT (NEW.format, NEW.base_model, NEW.precision, NEW.trigger_words, NEW.title, NEW.problem,
        NEW.sha256, NEW.claimed_sha256)
BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM file
    WHERE identity = NEW.identity AND size = NEW.size AND mtime_ns = NEW.mtime_ns;
END;
CREATE TRIGGER preview_came AFTER INSERT ON preview BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM file
    WHERE tree_id = NEW.tree_id AND relative = NEW.relative;
END;
CREATE TRIGGER preview_changed AFTER UPDATE ON preview
WHEN (OLD.sound, OLD.nsfw_level) IS NOT (NEW.sound, NEW.nsfw_level) BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM file
    WHERE tree_id = NEW.tree_id AND relative = NEW.relative;
END;
CREATE TRIGGER preview_went AFTER DELETE ON preview BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM file
    WHERE tree_id = OLD.tree_id AND relative = OLD.relative;
END;
CREATE TRIGGER file_unshown AFTER DELETE ON file BEGIN
    DELETE FROM preview
    WHERE tree_id = OLD.tree_id AND folder = OLD.folder AND relative = OLD.relative;
END;
CREATE TRIGGER said_came AFTER INSERT ON said BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM file
    WHERE tree_id = NEW.tree_id AND relative = NEW.relative;
END;
CREATE TRIGGER said_went AFTER DELETE ON said BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM file
    WHERE tree_id = OLD.tree_id AND relative = OLD.relative;
END;
CREATE TRIGGER file_unsaid AFTER DELETE ON file BEGIN
    DELETE FROM said WHERE tree_id = OLD.tree_id AND relative = OLD.relative;
END;
CREATE TRIGGER mark_came AFTER INSERT ON mark BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM file WHERE identity = NEW.identity;
END;
CREATE TRIGGER mark_changed AFTER UPDATE ON mark BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM file WHERE identity = NEW.identity;
END;
CREATE TRIGGER mark_went AFTER DELETE ON mark BEGIN
    INSERT OR IGNORE INTO stale SELECT id FROM file WHERE identity = OLD.identity;
END;
"""
