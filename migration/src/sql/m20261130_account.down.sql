DROP TABLE "outgoing_mail";
DROP TABLE "sign_in_attempt";
DROP TABLE "recovery_code";
DROP TABLE "account_token";
DROP TABLE "browser_session";
