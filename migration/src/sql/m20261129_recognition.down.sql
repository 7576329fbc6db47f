DROP TABLE "award_objection";

DROP TABLE "award_entry";

DROP TABLE "award_round";

DROP TABLE "progress_note";

DROP TABLE "recognition_scheme";
