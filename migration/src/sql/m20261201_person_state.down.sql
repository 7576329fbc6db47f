ALTER TABLE "person" DROP COLUMN "erased_at";

ALTER TABLE "person" DROP COLUMN "restricted_at";
