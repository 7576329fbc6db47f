DROP TABLE "breach";
