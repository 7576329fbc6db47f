DROP TABLE "client_document";

DROP TABLE "rate_window";
