DROP TABLE "upstream_sign_in";

DROP INDEX "ix_account_email";

DROP TABLE "account_identity";
