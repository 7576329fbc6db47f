DROP TABLE "upstream_sign_in";

DROP TABLE "account_identity";
