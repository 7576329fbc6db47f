-- Portable DDL: {uuid}, {ts}, {date}, {json} and {code} become each engine's type (lib.rs).
-- {code} compares by bytes on both engines, so that a prefix range of region codes is one
-- index range, and so that lists by name have one order wherever the registry runs.

CREATE TABLE "region" (
    "code" {code} NOT NULL,
    "level" text NOT NULL,
    "name" {code} NOT NULL,
    "parent_code" {code},
    "valid_from" {date},
    "valid_until" {date},
    "successor_code" {code},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("code")
);

CREATE INDEX "ix_region_parent" ON "region" ("parent_code", "code");

CREATE TABLE "region_alias" (
    "system" text NOT NULL,
    "code" {code} NOT NULL,
    "level" text NOT NULL,
    "name" text NOT NULL,
    "region_code" {code} REFERENCES "region" ("code"),
    "match_quality" text NOT NULL,
    PRIMARY KEY ("system", "code")
);

CREATE TABLE "school" (
    "id" {uuid} NOT NULL,
    "npsn" text NOT NULL UNIQUE,
    "name" {code} NOT NULL,
    "level" text NOT NULL,
    "ownership" text NOT NULL,
    "address" text,
    "region_code" {code} NOT NULL REFERENCES "region" ("code"),
    "latitude" double precision,
    "longitude" double precision,
    "provisional" boolean NOT NULL,
    "phone" text,
    "email" text,
    "timezone" text NOT NULL,
    "teaching_days" integer NOT NULL,
    "teaching_from" integer NOT NULL,
    "teaching_until" integer NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_school_region" ON "school" ("region_code", "npsn");

CREATE INDEX "ix_school_name" ON "school" ("name", "id");

CREATE INDEX "ix_school_name_lower" ON "school" (lower("name"));

CREATE TABLE "organisation" (
    "id" {uuid} NOT NULL,
    "code" text NOT NULL UNIQUE,
    "kind" text NOT NULL,
    "name" {code} NOT NULL,
    "region_code" {code} REFERENCES "region" ("code"),
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_organisation_name" ON "organisation" ("name", "id");

CREATE TABLE "person" (
    "id" {uuid} NOT NULL,
    "kind" text NOT NULL,
    "name" {code} NOT NULL,
    "nuptk" text UNIQUE,
    "nip" text,
    "nik_sealed" text,
    "nik_index" text UNIQUE,
    "sex" text,
    "birth_date" {date},
    "employment" text NOT NULL,
    "subject" text,
    "school_id" {uuid} REFERENCES "school" ("id"),
    "region_code" {code} REFERENCES "region" ("code"),
    "phone" text,
    "email" text,
    "merged_into" {uuid},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_person_school" ON "person" ("school_id", "id");

CREATE INDEX "ix_person_region" ON "person" ("region_code", "id");

CREATE INDEX "ix_person_nip" ON "person" ("nip");

CREATE INDEX "ix_person_name" ON "person" ("name", "id");

CREATE INDEX "ix_person_name_lower" ON "person" (lower("name"));

CREATE INDEX "ix_person_merged" ON "person" ("merged_into");

CREATE TABLE "program" (
    "id" {uuid} NOT NULL,
    "provider_id" {uuid} NOT NULL REFERENCES "organisation" ("id"),
    "code" text NOT NULL,
    "title" {code} NOT NULL,
    "description" text NOT NULL,
    "form" text NOT NULL,
    "hours_jp" integer NOT NULL,
    "minutes_per_jp" integer NOT NULL,
    "pro_rata" boolean NOT NULL,
    "attendance_percent" integer NOT NULL,
    "minimum_score" integer,
    "audience" {json} NOT NULL,
    "competencies" {json} NOT NULL,
    "status" text NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_program_provider_code" ON "program" ("provider_id", "code");

CREATE INDEX "ix_program_title" ON "program" ("title", "id");

CREATE TABLE "resource_person" (
    "id" {uuid} NOT NULL,
    "person_id" {uuid} NOT NULL UNIQUE REFERENCES "person" ("id"),
    "organisation_id" {uuid} REFERENCES "organisation" ("id"),
    "biography" text,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE TABLE "competence" (
    "id" {uuid} NOT NULL,
    "resource_person_id" {uuid} NOT NULL REFERENCES "resource_person" ("id"),
    "program_id" {uuid} NOT NULL REFERENCES "program" ("id"),
    "evidence" text NOT NULL,
    "evidence_url" text,
    "status" text NOT NULL,
    "reason" text,
    "decided_by" text,
    "decided_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_competence" ON "competence" ("resource_person_id", "program_id");

CREATE INDEX "ix_competence_program" ON "competence" ("program_id", "status");

CREATE TABLE "batch" (
    "id" {uuid} NOT NULL,
    "program_id" {uuid} NOT NULL REFERENCES "program" ("id"),
    "provider_id" {uuid} NOT NULL REFERENCES "organisation" ("id"),
    "name" text NOT NULL,
    "kind" text NOT NULL,
    "source_batch_id" {uuid} REFERENCES "batch" ("id"),
    "generation" integer NOT NULL,
    "region_code" {code} NOT NULL REFERENCES "region" ("code"),
    "place" text NOT NULL,
    "starts_on" {date} NOT NULL,
    "ends_on" {date} NOT NULL,
    "registration_opens_at" {ts} NOT NULL,
    "registration_closes_at" {ts} NOT NULL,
    "capacity" integer NOT NULL,
    "taken" integer NOT NULL,
    "selection" text NOT NULL,
    "cost_rupiah" bigint NOT NULL,
    "status" text NOT NULL,
    "status_reason" text,
    "opened_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id"),
    CHECK ("taken" >= 0 AND "taken" <= "capacity")
);

CREATE INDEX "ix_batch_program" ON "batch" ("program_id", "status");

CREATE INDEX "ix_batch_provider" ON "batch" ("provider_id", "starts_on", "id");

CREATE INDEX "ix_batch_status" ON "batch" ("status", "starts_on", "id");

CREATE INDEX "ix_batch_starts" ON "batch" ("starts_on", "id");

CREATE TABLE "session" (
    "id" {uuid} NOT NULL,
    "batch_id" {uuid} NOT NULL REFERENCES "batch" ("id"),
    "title" text NOT NULL,
    "starts_at" {ts} NOT NULL,
    "ends_at" {ts} NOT NULL,
    "timezone" text NOT NULL,
    "minutes" integer NOT NULL,
    "place" text,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_session_batch" ON "session" ("batch_id", "starts_at", "id");

CREATE TABLE "session_teacher" (
    "session_id" {uuid} NOT NULL REFERENCES "session" ("id"),
    "resource_person_id" {uuid} NOT NULL REFERENCES "resource_person" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "term" text NOT NULL,
    "minutes" integer NOT NULL,
    "override_by" text,
    "override_reason" text,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("session_id", "resource_person_id")
);

CREATE INDEX "ix_session_teacher_person" ON "session_teacher" ("person_id", "term");

CREATE INDEX "ix_session_teacher_resource" ON "session_teacher" ("resource_person_id");

CREATE TABLE "enrolment" (
    "id" {uuid} NOT NULL,
    "batch_id" {uuid} NOT NULL REFERENCES "batch" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "school_id" {uuid} REFERENCES "school" ("id"),
    "region_code" {code} REFERENCES "region" ("code"),
    "status" text NOT NULL,
    "reason" text,
    "applied_at" {ts} NOT NULL,
    "decided_at" {ts},
    "score" integer,
    "jp_earned" integer,
    "completions" integer NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_enrolment_live" ON "enrolment" ("batch_id", "person_id") WHERE "status" NOT IN ('withdrawn', 'rejected');

CREATE INDEX "ix_enrolment_batch" ON "enrolment" ("batch_id", "status", "applied_at", "id");

CREATE INDEX "ix_enrolment_person" ON "enrolment" ("person_id", "applied_at", "id");

CREATE INDEX "ix_enrolment_region" ON "enrolment" ("region_code", "id");

CREATE TABLE "attendance" (
    "session_id" {uuid} NOT NULL REFERENCES "session" ("id"),
    "enrolment_id" {uuid} NOT NULL REFERENCES "enrolment" ("id"),
    "minutes" integer NOT NULL,
    "recorded_by" text NOT NULL,
    "recorded_at" {ts} NOT NULL,
    PRIMARY KEY ("session_id", "enrolment_id")
);

CREATE INDEX "ix_attendance_enrolment" ON "attendance" ("enrolment_id");

CREATE TABLE "certificate" (
    "id" {uuid} NOT NULL,
    "number" text NOT NULL UNIQUE,
    "verification_id" text NOT NULL UNIQUE,
    "source" text NOT NULL,
    "enrolment_id" {uuid} REFERENCES "enrolment" ("id"),
    "completion" integer,
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "program_id" {uuid} NOT NULL REFERENCES "program" ("id"),
    "batch_id" {uuid} REFERENCES "batch" ("id"),
    "provider_id" {uuid} NOT NULL REFERENCES "organisation" ("id"),
    "school_id" {uuid} REFERENCES "school" ("id"),
    "region_code" {code} REFERENCES "region" ("code"),
    "holder_name" text NOT NULL,
    "title" text NOT NULL,
    "hours_jp" integer NOT NULL,
    "kind" text NOT NULL,
    "generation" integer NOT NULL,
    "starts_on" {date} NOT NULL,
    "ends_on" {date} NOT NULL,
    "status" text NOT NULL,
    "status_reason" text,
    "issued_at" {ts} NOT NULL,
    "valid_until" {date},
    "superseded_by" {uuid},
    "changed_at" {ts} NOT NULL,
    "changed_pos" bigint NOT NULL,
    "version" bigint NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_certificate_live" ON "certificate" ("enrolment_id") WHERE "status" IN ('valid', 'suspended');

CREATE UNIQUE INDEX "ux_certificate_changed" ON "certificate" ("changed_pos");

CREATE INDEX "ix_certificate_person" ON "certificate" ("person_id", "issued_at", "id");

CREATE INDEX "ix_certificate_region" ON "certificate" ("region_code", "changed_pos");

CREATE INDEX "ix_certificate_program" ON "certificate" ("program_id", "changed_pos");

CREATE INDEX "ix_certificate_provider" ON "certificate" ("provider_id", "changed_pos");

CREATE INDEX "ix_certificate_changed_at" ON "certificate" ("changed_at", "changed_pos");

CREATE INDEX "ix_certificate_enrolment" ON "certificate" ("enrolment_id");

CREATE INDEX "ix_certificate_batch" ON "certificate" ("batch_id");

CREATE TABLE "certificate_payload" (
    "certificate_id" {uuid} NOT NULL REFERENCES "certificate" ("id"),
    "payload" text NOT NULL,
    "hash" text NOT NULL,
    "jws" text NOT NULL,
    "kid" text NOT NULL,
    PRIMARY KEY ("certificate_id")
);

CREATE TABLE "certificate_counter" (
    "scope" text NOT NULL,
    "last_number" bigint NOT NULL,
    PRIMARY KEY ("scope")
);

CREATE TABLE "ledger" (
    "id" integer NOT NULL,
    "pos" bigint NOT NULL,
    "last_at" {ts} NOT NULL,
    "audit_seq" bigint NOT NULL,
    "audit_hash" text NOT NULL,
    PRIMARY KEY ("id")
);

CREATE TABLE "event" (
    "pos" bigint NOT NULL,
    "id" {uuid} NOT NULL UNIQUE,
    "kind" text NOT NULL,
    "subject_kind" text NOT NULL,
    "subject_id" text NOT NULL,
    "subject_version" bigint NOT NULL,
    "region_code" {code},
    "payload" {json} NOT NULL,
    "actor" text NOT NULL,
    "request_id" text NOT NULL,
    "occurred_at" {ts} NOT NULL,
    PRIMARY KEY ("pos")
);

CREATE INDEX "ix_event_subject" ON "event" ("subject_kind", "subject_id", "pos");

CREATE TABLE "audit_entry" (
    "seq" bigint NOT NULL,
    "at" {ts} NOT NULL,
    "actor" text NOT NULL,
    "action" text NOT NULL,
    "subjects" {json} NOT NULL,
    "request_id" text NOT NULL,
    "previous_hash" text NOT NULL,
    "hash" text NOT NULL,
    PRIMARY KEY ("seq")
);

CREATE TABLE "key_fingerprint" (
    "purpose" text NOT NULL,
    "generation" integer NOT NULL,
    "fingerprint" text NOT NULL,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("purpose", "generation")
);

CREATE TABLE "idempotency_key" (
    "caller" text NOT NULL,
    "key" text NOT NULL,
    "request_hash" text NOT NULL,
    "response" {json} NOT NULL,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("caller", "key")
);

CREATE INDEX "ix_idempotency_created" ON "idempotency_key" ("created_at");

CREATE TABLE "import_job" (
    "id" {uuid} NOT NULL,
    "kind" text NOT NULL,
    "filename" text NOT NULL,
    "dry_run" boolean NOT NULL,
    "status" text NOT NULL,
    "failure_code" text,
    "failure_detail" text,
    "bytes_total" bigint NOT NULL,
    "bytes_read" bigint NOT NULL,
    "rows_read" bigint NOT NULL,
    "rows_new" bigint NOT NULL,
    "rows_updated" bigint NOT NULL,
    "rows_unchanged" bigint NOT NULL,
    "rows_warned" bigint NOT NULL,
    "rows_refused" bigint NOT NULL,
    "by_code" {json} NOT NULL,
    "started_by" text NOT NULL,
    "created_at" {ts} NOT NULL,
    "finished_at" {ts},
    "version" bigint NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_import_created" ON "import_job" ("created_at", "id");

CREATE TABLE "import_finding" (
    "job_id" {uuid} NOT NULL REFERENCES "import_job" ("id"),
    "ordinal" bigint NOT NULL,
    "line" bigint NOT NULL,
    "column_name" text NOT NULL,
    "code" text NOT NULL,
    "severity" text NOT NULL,
    "value" text NOT NULL,
    PRIMARY KEY ("job_id", "ordinal")
);

INSERT INTO "ledger" ("id", "pos", "last_at", "audit_seq", "audit_hash") VALUES (1, 0, '1970-01-01T00:00:00+00:00', 0, '');
