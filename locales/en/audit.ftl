# The audit trail.
noun-audit-entry = audit entry
action-audit-entry-read = seeing the audit trail
audit-subject-kind-missing = Say of what kind it is too: an id alone names nothing.
audit-period-reversed = The end of the period must lie after its start.
