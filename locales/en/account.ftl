# Accounts: who can sign in.

noun-account = account
action-account-read = seeing accounts
action-account-invite = inviting somebody
action-account-block = blocking an account
action-account-unblock = unblocking an account
action-account-send-reset = sending a link to set a password
action-account-remove-second-factor = removing an account's second factor

login-malformed = A login has 3 to 100 letters, digits and the signs . _ - @ +.
email-not-the-persons = The directory knows another address of this person; the invitation goes there. Let the ministry correct it first.
login-taken = Another account has this login.
person-has-account = This person has an account already.
account-already-blocked = This account is blocked already.
account-not-blocked = This account is not blocked.
account-blocked = This account is blocked; unblock it first.
account-without-email = This account has no mail address.
account-without-second-factor = This account has no second factor.

password-too-short = A password has at least { $min } characters.
password-too-long = A password has at most { $max } bytes.
password-too-easy = This password is easy to guess, or was in a breach. A few words that have nothing to do with each other are better.
passwords-differ = The two passwords are not the same.

mail-invitation-subject = Your invitation to Sanggar
mail-invitation-text =
    Dear { $name },

    you are invited to Sanggar, the registry of teachers' professional learning. Your login: { $login }

    Open this link within seven days to set a password. It works once:
    { $link }

    If you do not know Sanggar, ignore this mail.
mail-reset-subject = Your password for Sanggar
mail-reset-text =
    Dear { $name },

    somebody asked for a link to set a new password. Your login: { $login }

    Open this link within an hour. It works once:
    { $link }

    If that was not you, ignore this mail; your password stays as it is.
