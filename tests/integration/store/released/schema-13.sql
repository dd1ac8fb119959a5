BEGIN TRANSACTION;
CREATE TABLE batch_member (
	batch_id VARCHAR(36) NOT NULL, 
	idx INTEGER NOT NULL, 
	job_id VARCHAR(36) NOT NULL, 
	PRIMARY KEY (batch_id, idx), 
	FOREIGN KEY(batch_id) REFERENCES job (id) ON DELETE CASCADE, 
	FOREIGN KEY(job_id) REFERENCES job (id) ON DELETE CASCADE
);
CREATE TABLE file_change (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(36) NOT NULL, 
	host VARCHAR(255) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	actor VARCHAR(128) NOT NULL, 
	at BIGINT NOT NULL, 
	undoes VARCHAR(36), 
	closed BOOLEAN NOT NULL, 
	UNIQUE (id)
);
CREATE TABLE file_change_item (
	change_id VARCHAR(36) NOT NULL, 
	idx INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	steps TEXT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	error_code VARCHAR(64), 
	error_details TEXT NOT NULL, 
	PRIMARY KEY (change_id, idx), 
	FOREIGN KEY(change_id) REFERENCES file_change (id) ON DELETE CASCADE
);
CREATE TABLE file_hash (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	host VARCHAR(255) NOT NULL, 
	file TEXT NOT NULL, 
	path TEXT NOT NULL, 
	size BIGINT NOT NULL, 
	mtime_ns BIGINT NOT NULL, 
	source VARCHAR(64) NOT NULL, 
	sha256 VARCHAR(64), 
	hashes TEXT NOT NULL, 
	at BIGINT NOT NULL
);
CREATE TABLE folder_table (
	host_id VARCHAR(255) NOT NULL, 
	"table" TEXT NOT NULL, 
	published_at BIGINT NOT NULL, 
	PRIMARY KEY (host_id)
);
CREATE TABLE ignored_update (
	model_id BIGINT NOT NULL, 
	version_id BIGINT NOT NULL, 
	at BIGINT NOT NULL, 
	PRIMARY KEY (model_id, version_id)
);
CREATE TABLE job (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(36) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	target VARCHAR(255) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	wait_reason VARCHAR(16), 
	priority INTEGER NOT NULL, 
	rank FLOAT NOT NULL, 
	run_after BIGINT NOT NULL, 
	dest_key TEXT, 
	source_key TEXT, 
	parent_id VARCHAR(36), 
	payload TEXT NOT NULL, 
	result TEXT NOT NULL, 
	sha256 VARCHAR(64), 
	reused BOOLEAN NOT NULL, 
	attempts INTEGER NOT NULL, 
	max_attempts INTEGER NOT NULL, 
	epoch INTEGER NOT NULL, 
	worker_id VARCHAR(64), 
	control VARCHAR(8) NOT NULL, 
	approved BOOLEAN NOT NULL, 
	bandwidth BIGINT, 
	bytes_done BIGINT NOT NULL, 
	bytes_total BIGINT, 
	error_code VARCHAR(64), 
	error_details TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	updated_at BIGINT NOT NULL, 
	started_at BIGINT, 
	finished_at BIGINT, depends_on VARCHAR(36), 
	UNIQUE (id)
);
INSERT INTO "job" VALUES(1,'11111111-1111-4111-8111-111111111111','download','local','pending',NULL,0,0.0,0,'/models/a','url:https://example.org/a',NULL,'{"name":"a"}','{}',NULL,0,0,5,0,NULL,'',0,NULL,0,NULL,NULL,'{}',1700000000000,1700000000000,NULL,NULL,NULL);
CREATE TABLE job_event (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	job_id VARCHAR(36) NOT NULL, 
	at BIGINT NOT NULL, 
	event VARCHAR(32) NOT NULL, 
	actor VARCHAR(128) NOT NULL, 
	data TEXT NOT NULL
);
INSERT INTO "job_event" VALUES(1,'11111111-1111-4111-8111-111111111111',1700000000000,'created','person','{"kind":"download"}');
CREATE TABLE job_item (
	job_id VARCHAR(36) NOT NULL, 
	idx INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	error_code VARCHAR(64), 
	data TEXT NOT NULL, 
	PRIMARY KEY (job_id, idx), 
	FOREIGN KEY(job_id) REFERENCES job (id) ON DELETE CASCADE
);
CREATE TABLE lane (
	target VARCHAR(255) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	max_running INTEGER, 
	paused BOOLEAN NOT NULL, 
	rate BIGINT, 
	PRIMARY KEY (target, kind)
);
CREATE TABLE meta (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema_version','13');
CREATE TABLE metadata_history (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	host VARCHAR(255) NOT NULL, 
	file TEXT NOT NULL, 
	field VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	owner VARCHAR(16) NOT NULL, 
	source VARCHAR(255) NOT NULL, 
	via VARCHAR(64), 
	said_at BIGINT, 
	at BIGINT NOT NULL
);
CREATE TABLE model_mark (
	host VARCHAR(255) NOT NULL, 
	file TEXT NOT NULL, 
	path TEXT NOT NULL, 
	size BIGINT NOT NULL, 
	mtime_ns BIGINT NOT NULL, 
	favourite BOOLEAN NOT NULL, 
	rating INTEGER NOT NULL, 
	notes TEXT NOT NULL, 
	tags TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	PRIMARY KEY (host, file)
);
CREATE TABLE model_update (
	sha256 VARCHAR(64) NOT NULL, 
	model_id BIGINT NOT NULL, 
	version TEXT NOT NULL, 
	offered BIGINT, 
	offer TEXT NOT NULL, 
	refused TEXT NOT NULL, 
	checked_at BIGINT NOT NULL, 
	PRIMARY KEY (sha256)
);
CREATE TABLE model_use (
	path TEXT NOT NULL, 
	runs INTEGER NOT NULL, 
	last_run BIGINT NOT NULL, 
	PRIMARY KEY (path)
);
CREATE TABLE negative_answer (
	"key" VARCHAR(64) NOT NULL, 
	provider VARCHAR(255) NOT NULL, 
	believed_until BIGINT NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE notification (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at BIGINT NOT NULL, 
	level VARCHAR(8) NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	data TEXT NOT NULL, 
	job_id VARCHAR(36), 
	"key" TEXT, 
	seen BOOLEAN NOT NULL
);
CREATE TABLE root_policy (
	host VARCHAR(255) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	path TEXT NOT NULL, 
	policy VARCHAR(16) NOT NULL, 
	PRIMARY KEY (host, "key")
);
CREATE TABLE saved_filter (
	name VARCHAR(200) NOT NULL, 
	"query" TEXT NOT NULL, 
	category VARCHAR(255), 
	PRIMARY KEY (name)
);
CREATE TABLE schedule (
	name VARCHAR(128) NOT NULL, 
	rule TEXT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	payload TEXT NOT NULL, 
	next_run BIGINT, 
	last_run BIGINT, 
	PRIMARY KEY (name)
);
INSERT INTO "schedule" VALUES('at-start','start','scan','{"enabled":true,"not_while_generating":true,"only_when_idle":false}',NULL,NULL);
INSERT INTO "schedule" VALUES('daily','idle','scan','{"enabled":true,"not_while_generating":true,"only_when_idle":false}',NULL,NULL);
CREATE TABLE setting (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE trash_entry (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	host VARCHAR(255) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	slot TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	item VARCHAR(48) NOT NULL, 
	size BIGINT NOT NULL, 
	sha256 VARCHAR(64), 
	is_model BOOLEAN NOT NULL, 
	at BIGINT NOT NULL, 
	expires_at BIGINT
);
CREATE TABLE worker (
	id VARCHAR(64) NOT NULL, 
	host_id VARCHAR(255) NOT NULL, 
	pid BIGINT NOT NULL, 
	start_time FLOAT NOT NULL, 
	boot_id VARCHAR(64) NOT NULL, 
	version VARCHAR(64) NOT NULL, 
	targets TEXT NOT NULL, 
	lock_path TEXT, 
	heartbeat_at BIGINT NOT NULL, 
	draining BOOLEAN NOT NULL, 
	PRIMARY KEY (id)
);
CREATE UNIQUE INDEX job_live_destination ON job (dest_key) WHERE state IN ('paused', 'pending', 'review', 'running', 'verifying');
CREATE INDEX job_claim ON job (state, target, kind, priority DESC, rank, seq);
CREATE INDEX job_queue ON job (state, priority DESC, rank, seq);
CREATE INDEX job_state ON job (state, seq);
CREATE INDEX job_source ON job (source_key, seq);
CREATE INDEX job_destination ON job (dest_key, seq);
CREATE INDEX job_sha256 ON job (sha256, seq);
CREATE INDEX job_reused ON job (seq) WHERE reused = 1;
CREATE INDEX job_parent ON job (parent_id, seq);
CREATE INDEX job_worker ON job (worker_id);
CREATE INDEX job_event_job ON job_event (job_id, n);
CREATE INDEX job_depends_on ON job (depends_on);
CREATE INDEX batch_member_job ON batch_member (job_id);
CREATE INDEX job_item_state ON job_item (job_id, state, idx);
CREATE INDEX negative_answer_over ON negative_answer (believed_until);
CREATE UNIQUE INDEX file_hash_file ON file_hash (host, file, source);
CREATE INDEX file_hash_sha256 ON file_hash (sha256);
CREATE INDEX file_hash_state ON file_hash (host, mtime_ns);
CREATE INDEX file_change_host ON file_change (host, closed, n);
CREATE INDEX trash_entry_item ON trash_entry (host, item);
CREATE UNIQUE INDEX trash_entry_slot ON trash_entry (host, "key");
CREATE INDEX model_update_offered ON model_update (offered);
CREATE INDEX metadata_history_file ON metadata_history (host, file, field, n);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('job',1);
INSERT INTO "sqlite_sequence" VALUES('job_event',1);
COMMIT;
