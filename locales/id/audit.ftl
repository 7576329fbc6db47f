# Jejak audit.
noun-audit-entry = catatan audit
action-audit-entry-read = melihat jejak audit
audit-subject-kind-missing = Sebutkan juga jenisnya: id saja tidak menunjuk apa pun.
audit-period-reversed = Akhir masa harus sesudah awalnya.
