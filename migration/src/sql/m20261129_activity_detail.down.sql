DROP INDEX "ix_observation_activity";

DROP INDEX "ix_reading_chapter_activity";

DROP INDEX "ix_artefact_activity";

DROP TABLE "article_read";

DROP TABLE "article";

DROP TABLE "coaching";

DROP TABLE "activity_role";

ALTER TABLE "activity" DROP COLUMN "detail";
