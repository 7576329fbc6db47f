-- Who saw what of whom: a line for each reader, purpose and set of fields on one day. No key leads to "person": the
-- engine would lock the row of everybody who stands in a list, for every look at it.

CREATE TABLE "data_access" (
    "id" {uuid} NOT NULL,
    "person_id" {uuid} NOT NULL,
    "day" {date} NOT NULL,
    "reader" text NOT NULL,
    "client" {code} NOT NULL,
    "account_id" {uuid},
    "roles" text NOT NULL,
    "purpose" {code} NOT NULL,
    "fields" text NOT NULL,
    "times" bigint NOT NULL,
    "first_at" {ts} NOT NULL,
    "last_at" {ts} NOT NULL,
    "request_id" text NOT NULL,
    PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "ux_data_access_line" ON "data_access" ("person_id", "day", "reader", "client", "purpose", "fields");

-- A person's own list, the newest day first.
CREATE INDEX "ix_data_access_person" ON "data_access" ("person_id", "day", "id");

-- What is too old goes by its day.
CREATE INDEX "ix_data_access_day" ON "data_access" ("day");
