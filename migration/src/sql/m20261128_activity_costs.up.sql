-- What activities of communities cost, and who paid.

CREATE TABLE "activity_cost" (
    "id" {uuid} NOT NULL,
    "activity_id" {uuid} NOT NULL REFERENCES "activity" ("id"),
    "what" text NOT NULL,
    "amount_rupiah" bigint NOT NULL,
    "paid_by" text NOT NULL,
    "recorded_by" text NOT NULL,
    "version" bigint NOT NULL,
    "created_at" {ts} NOT NULL,
    PRIMARY KEY ("id")
);

CREATE INDEX "ix_activity_cost_activity" ON "activity_cost" ("activity_id", "id");
