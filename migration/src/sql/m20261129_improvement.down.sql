DROP TABLE "improvement_artefact";

DROP TABLE "improvement_activity";

DROP TABLE "improvement";
