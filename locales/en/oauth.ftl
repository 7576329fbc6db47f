# Apps that act for people: the page on which they agree, and what they agreed to.

noun-app-authorization = what an app may do for you
action-app-authorization-read = seeing what apps may do for oneself
action-app-authorization-withdraw = withdrawing what an app may do for oneself
app-authorization-withdrawn = This was withdrawn already.

token-bound = This token is bound to a key. Send it as Authorization: DPoP <token>, with a proof in the header DPoP.
token-not-bound = This token is bound to no key. Send it as Authorization: Bearer <token>.
token-bound-to-requests = A token that is bound to a key cannot open a socket: it must be proved with each request.
dpop-proof-missing = This token is bound to a key. Send exactly one proof in the header DPoP.
dpop-proof-invalid = The proof in the header DPoP does not hold: it must be of the token's key, for this method and address, with the token's hash, and at most a minute old.
dpop-proof-reused = This proof was used before. Make a new one for each request.

consent-title = May { $app } act for you?
consent-lead = Hello { $name }. The app { $app } asks to act for you at Sanggar. You decide.
consent-policy = What the app does with data
consent-may = What { $app } could do
consent-narrows = It can do this only where you may do it yourself.
consent-cannot = What it cannot do
consent-cannot-password = See your password, or change it.
consent-cannot-more = Do anything that is not in the list above.
consent-cannot-keep = Keep what you gave it once you withdraw it.
consent-goes = Your answer goes to { $to }. If you did not just come from { $app }, do not agree.
consent-goes-here = a program on this device
consent-approve = Yes, it may
consent-deny = No
consent-back-title = Back to { $app }
consent-back-link = Go on to { $app }
consent-withdraw = You can withdraw this at any time:
consent-dead-title = This link does not work
consent-dead-client = The app that sent you here is not known to us, or was not approved.
consent-dead-redirect = The app that sent you here asks us to answer to an address that is not its own. To protect you, nothing is sent there.
consent-dead-then = Go back to the app and try again. If it stays like this, tell whoever makes the app.

apps-title = Apps that act for you
apps-lead = You agreed that these apps may act for you. Withdraw what you no longer need: it ends at once, on all your devices.
apps-none = No app acts for you.
apps-since = Agreed on { $when }.
apps-used = Last used on { $when }.
apps-withdraw = Withdraw
apps-withdraw-of = Withdraw what { $app } may do

