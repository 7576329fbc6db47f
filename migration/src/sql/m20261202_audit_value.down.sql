DROP TABLE "audit_value";
