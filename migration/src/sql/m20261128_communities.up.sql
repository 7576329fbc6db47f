-- Work groups, their members, officers and partners, and what they do on a day.

CREATE TABLE "community" (
    "id" {uuid} NOT NULL,
    "kind" text NOT NULL,
    "name" {code} NOT NULL,
    "anchor" text NOT NULL,
    "region_code" {code} NOT NULL REFERENCES "region" ("code"),
    "school_id" {uuid} REFERENCES "school" ("id"),
    "subject" {code},
    "level" text,
    "openness" text NOT NULL,
    "goals" text NOT NULL,
    "agreements" text,
    "expectations" text,
    "cadence_days" integer NOT NULL,
    "learning_day" text,
    "timezone" text NOT NULL,
    "status" text NOT NULL,
    "status_reason" text,
    "status_since" {ts} NOT NULL,
    "last_held_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_community_name" ON "community" ("name", "id");

CREATE INDEX "ix_community_name_lower" ON "community" (lower("name"));

CREATE INDEX "ix_community_region" ON "community" ("region_code", "id");

CREATE INDEX "ix_community_school" ON "community" ("school_id");

CREATE INDEX "ix_community_rest" ON "community" ("status", "last_held_at");

CREATE TABLE "community_school" (
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "school_id" {uuid} NOT NULL REFERENCES "school" ("id"),
    PRIMARY KEY ("community_id", "school_id")
);

CREATE INDEX "ix_community_school_school" ON "community_school" ("school_id");

CREATE TABLE "membership" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "status" text NOT NULL,
    "reason" text,
    "message" text,
    "joined_at" {ts},
    "ended_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_membership_live" ON "membership" ("community_id", "person_id") WHERE "status" IN ('requested', 'invited', 'active');

CREATE INDEX "ix_membership_community" ON "membership" ("community_id", "status", "id");

CREATE INDEX "ix_membership_person" ON "membership" ("person_id", "status", "id");

CREATE TABLE "community_office" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "office" text NOT NULL,
    "scope" text,
    "starts_on" {date} NOT NULL,
    "ends_on" {date},
    "ended_at" {ts},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_community_office_live" ON "community_office" ("community_id", "office") WHERE "ended_at" IS NULL AND "office" IN ('chair', 'secretary', 'treasurer');

CREATE INDEX "ix_community_office_community" ON "community_office" ("community_id", "id");

CREATE INDEX "ix_community_office_person" ON "community_office" ("person_id", "community_id");

CREATE TABLE "community_partner" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "organisation_id" {uuid} NOT NULL REFERENCES "organisation" ("id"),
    "contribution" text NOT NULL,
    "description" text NOT NULL,
    "value_rupiah" bigint,
    "since" {date} NOT NULL,
    "until" {date},
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_community_partner_community" ON "community_partner" ("community_id", "id");

CREATE INDEX "ix_community_partner_organisation" ON "community_partner" ("organisation_id");

CREATE TABLE "meeting_series" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "title" text NOT NULL,
    "description" text,
    "kind" text NOT NULL,
    "place" text,
    "mode" text NOT NULL,
    "starts_at_local" text NOT NULL,
    "timezone" text NOT NULL,
    "minutes" integer NOT NULL,
    "rule" text NOT NULL,
    "pauses" {json} NOT NULL,
    "status" text NOT NULL,
    "materialised_until" {date} NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_meeting_series_community" ON "meeting_series" ("community_id", "id");

CREATE INDEX "ix_meeting_series_due" ON "meeting_series" ("status", "materialised_until");

CREATE TABLE "activity" (
    "id" {uuid} NOT NULL,
    "community_id" {uuid} NOT NULL REFERENCES "community" ("id"),
    "region_code" {code} NOT NULL,
    "series_id" {uuid} REFERENCES "meeting_series" ("id"),
    "occurrence" text,
    "kind" text NOT NULL,
    "title" text NOT NULL,
    "description" text,
    "starts_at" {ts} NOT NULL,
    "ends_at" {ts} NOT NULL,
    "timezone" text NOT NULL,
    "minutes" integer NOT NULL,
    "place" text,
    "mode" text NOT NULL,
    "status" text NOT NULL,
    "status_reason" text,
    "revision" integer NOT NULL,
    "notes" text,
    "held_at" {ts},
    "reported_at" {ts},
    "reported_by" text,
    "attended" integer NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    "updated_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_activity_occurrence" ON "activity" ("series_id", "occurrence");

CREATE INDEX "ix_activity_community" ON "activity" ("community_id", "starts_at", "id");

CREATE INDEX "ix_activity_starts" ON "activity" ("starts_at", "id");

CREATE TABLE "activity_attendance" (
    "activity_id" {uuid} NOT NULL REFERENCES "activity" ("id"),
    "person_id" {uuid} NOT NULL REFERENCES "person" ("id"),
    "method" text NOT NULL,
    "minutes" integer NOT NULL,
    "observed_at" {ts} NOT NULL,
    "recorded_at" {ts} NOT NULL,
    "recorded_by" text NOT NULL,
    PRIMARY KEY ("activity_id", "person_id")
);

CREATE INDEX "ix_activity_attendance_person" ON "activity_attendance" ("person_id", "activity_id");

CREATE INDEX "ix_activity_attendance_recorded" ON "activity_attendance" ("activity_id", "recorded_at", "person_id");
