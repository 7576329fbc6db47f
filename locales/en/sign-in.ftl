# The pages on which people sign in and look after their account.

page-skip = Skip to the content
page-brand-line = teachers' professional learning
page-language = Language
page-footer = Sanggar never asks for your password by phone or message.
page-signed-in-as = You are signed in as
page-sign-out = Sign out
page-trouble = That did not work

sign-in-title = Sign in
sign-in-button = Sign in
sign-in-wrong = Login or password is not right.
sign-in-wait = Too many attempts. Try again in { $seconds } seconds.
signed-in-title = You are signed in
signed-in-lead = You are about to be taken on.
signed-out-title = You are signed out
signed-out-lead = The session in this browser is over.
form-stale-title = This form is no longer good
form-stale-lead = The page was open for too long, or the form did not come from a page of ours. Start again.

second-factor-title = Code of your second factor
second-factor-lead = Type the code of your app, or one of your recovery codes.
second-factor-button = Go on
second-factor-needed-title = Set up a second factor
second-factor-needed-lead = Your role can issue or revoke certificates, so your account needs a second factor. Scan this picture with an app for codes, or type the secret, then enter the code that it shows.
second-factor-needed-button = Turn on
second-factor-password-title = Set up a second factor
second-factor-password-lead = Type your password first.
second-factor-password-button = Go on
second-factor-new-title = Set up a second factor
second-factor-new-lead = Scan this picture with an app for codes, or type the secret, then enter the code that it shows.
second-factor-new-button = Turn on
paper-title = Keep your recovery codes
paper-lead = Each works once when your phone is lost. They are shown only now.
code-wrong = The code is not right, or was used already. Wait for the next one.

invitation-title = Set a password
invitation-lead = Choose a password for your account. Then sign in with it.
invitation-button = Save the password
reset-title = Set a new password
reset-lead = Once it is saved, every open session ends.
reset-button = Save the password
reset-ask-title = Forgotten password
reset-ask-lead = We send a link to the mail address of the account.
reset-ask-button = Send the link
reset-asked-title = Look into your mail
reset-asked-lead = If there is an account with that login, a link is on its way. It is good for an hour.
link-dead-title = This link is not good
link-dead-lead = It was used, is too old, or there is a newer one.

account-title = Your account
account-password-title = Change the password
account-password-lead = Every other session ends, and apps have to ask you anew.
account-password-button = Change the password
account-factor-on-title = The second factor is on
account-factor-on-lead = To remove it, type your password.
account-factor-on-button = Remove the second factor
account-factor-off-title = The second factor is off
account-factor-off-lead = With a second factor the password alone is not enough to sign in.
password-wrong = The password is not right.
password-is-set = Your password is saved. Sign in with it.
second-factor-needed = Your role needs a second factor.

field-login = Login
field-password = Password
field-password-old = Present password
field-password-new = New password
field-password-new-hint = At least 12 characters. A few words that have nothing to do with each other are easy to keep in mind and hard to guess.
field-password-again = New password, once more
field-code = Code
field-code-hint = Six digits, or a recovery code.
field-code-first = Code of the app
field-code-first-hint = Six digits.

link-reset = Forgotten your password?
link-sign-in = To the page to sign in
link-onward = Go on
link-start-again = Start again
link-factor-new = Set up a second factor
link-apps = Apps that you allowed
