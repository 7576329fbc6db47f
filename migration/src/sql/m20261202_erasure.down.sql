DROP TABLE "erasure";
