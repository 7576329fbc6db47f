# Accounts.
