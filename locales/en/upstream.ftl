# Signing in with an account of an upstream provider.

upstream-with = Sign in with { $provider }
upstream-back-to-sign-in = Back to signing in
upstream-request = If you ask for help, name this request: { $id }

upstream-away-title = { $provider } cannot be reached
upstream-away-text = Signing in with { $provider } does not work at the moment. Try again in a few minutes, or sign in here with your password.

upstream-denied-title = You did not sign in
upstream-denied-text = { $provider } did not sign you in, or you chose not to agree. Nothing was changed; you can try again.

upstream-lost-title = This sign-in is over
upstream-lost-text = It took longer than ten minutes, was used already, or began in another browser. Begin again.

upstream-untrusted-title = { $provider } could not prove who you are
upstream-untrusted-text = What came back from { $provider } did not pass our checks, so nobody was signed in. Begin again. If it happens again, tell whoever runs this service.

upstream-unverified-title = { $provider } did not say enough about you
upstream-unverified-text = We know people by something that { $provider } did not tell us or has not verified, such as your e-mail address. Verify it there, then begin again.

upstream-outside-title = Not with this account
upstream-outside-text = Only accounts of certain organisations of { $provider } may sign in here. You may be signed in there with a private account: choose the one from your school or office.

upstream-no-account-title = You have no account here yet
upstream-no-account-text = { $provider } signed you in, but no account here is yours, or it is not certain which one is. Accounts are given by invitation: ask your principal, or the education office of your regency, to invite you with the e-mail address or teacher number that { $provider } knows.

upstream-linked-otherwise-title = Your account belongs to another sign-in
upstream-linked-otherwise-text = Your account here is linked to another account of { $provider }. Sign in with that one, or with your password. If you no longer have it, ask whoever invited you.

upstream-blocked-title = Your account is blocked
upstream-blocked-text = You cannot sign in at present. Ask whoever gave you the account: your principal, or the education office of your regency.

upstream-identities-title = Linked sign-ins
upstream-identities-none = No account elsewhere is linked to yours.
upstream-identity-since = linked { $linked }, last used { $used }
link-sign-ins = Linked sign-ins
upstream-back-to-account = Back to your account
upstream-unlink = Remove
upstream-last-way-in = This is your only way to sign in: set a password first.
