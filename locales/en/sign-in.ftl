# The pages on which people sign in and look after their account.

page-skip = Skip to the content
page-brand-line = teachers' professional learning
page-language = Language
page-footer = Sanggar never asks for your password by phone or message.
page-signed-in-as = You are signed in as
page-sign-out = Sign out
page-trouble = That did not work
