DROP TABLE "artefact_attachment";

DROP TABLE "artefact_review";

DROP TABLE "artefact_author";

DROP TABLE "artefact_version";

DROP TABLE "artefact";
