-- Since when the use of what is held on a person is restricted, and when everything that says who they are was erased.

ALTER TABLE "person" ADD COLUMN "restricted_at" {ts};

ALTER TABLE "person" ADD COLUMN "erased_at" {ts};
