noun-sharing-consent = consent to sharing
action-sharing-consent-read = seeing consents to sharing
action-sharing-consent-give = agreeing to share something
action-sharing-consent-withdraw = withdrawing a consent to sharing
action-restriction-read = seeing whether the use of a record is restricted
action-restriction-set = restricting the use of a record
action-restriction-lift = lifting the restriction of a record

consent-text-outdated = These words have a newer edition: { $current }. Read it, and agree to that one.
sharing-consent-in-force = You have agreed to this already. To end it, withdraw the consent.
sharing-consent-ended = This consent has ended already.
person-restricted = The use of this person's record is restricted. Only the person themselves can begin something new with it, until the restriction is lifted.
restriction-set-already = The use of this record is restricted already.
restriction-not-set = The use of this record is not restricted.
restriction-of-person = The person had the use of their record restricted. Only they can lift that.
restriction-of-ministry = The ministry had the use of this record restricted. Only the ministry can lift that.

verify-privacy-whole = The holder agreed that the full name is shown. Identity numbers are never shown.

# What people agree to. Words that somebody agreed to are never changed: add an edition.
consent-text-name-on-verification-1 = I agree that whoever checks one of my certificates with its verification code sees my full name, as it stands on the certificate, instead of its first letters only. This holds for all my certificates, for the page and for the data that programs read. It is my free choice: my certificates are worth the same without it. I may take it back at any time, without giving a reason and as easily as I give it; from then on only the first letters are shown again. Copies that others made before cannot be recalled.
