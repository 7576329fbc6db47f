noun-breach = breach
action-breach-read = seeing the register of breaches
action-breach-record = recording a breach
action-breach-update = changing a breach
action-breach-contain = saying that a breach was stopped
action-breach-notify-authority = saying that the authority was told
action-breach-notify-persons = saying that the persons were told
action-breach-close = closing a breach
action-breach-reopen = taking a breach one step back
status-breach-open = open
status-breach-contained = contained
status-breach-closed = closed

breach-open = This breach is open already.
breach-contained = It is written down already when this breach was stopped. Take it one step back to say otherwise.
breach-closed = This breach is closed. Reopen it first.
breach-not-contained = It is not written down yet when the breach was stopped.
breach-authority-not-told = It is not written down yet that the authority was told, or why not.
breach-persons-not-told = It is not written down yet that the persons were told, or why not.
breach-lessons-missing = Say what was learnt.
breach-authority-told = It is written down already that the authority was told.
breach-persons-told = It is written down already that the persons were told.
breach-told-or-not-needed = Say when and how it was told, or why that is not needed; not both.
breach-classes-missing = Name at least one class of data.
breach-persons-out-of-range = Say a number from { $min } to { $max }.
breach-regions-too-many = Name at most { $max } regions.
breach-moment-ahead = This moment is still to come.
breach-discovered-too-long-ago = A breach is recorded within a year of being found out.
breach-told-before-discovery = The breach was found out only on { $discovered }.
breach-occurred-backwards = The end lies before the beginning.
breach-occurred-after-discovery = The beginning lies after the breach was found out.
breach-contained-before-it-began = The breach cannot have been stopped before it began.

# The notice to those whom a breach touches.
breach-letter-subject = Notice of a breach of personal data: { $title }
breach-letter-opening = We write to you because personal data about you may have come into the hands of others. We are sorry for it. Here is what we know, and what we do.
breach-letter-which = Which data
    { $classes }
breach-letter-when = When
    It was found out on { $discovered }.
breach-letter-course = The data lay open from { $from } until { $until }.
breach-letter-from = The data has lain open since { $from }.
breach-letter-until = The data lay open until { $until }.
breach-letter-how = How
    Cause: { $cause }.
breach-letter-contained = It was stopped on { $at }.
breach-letter-not-contained = We are still working to stop it.
breach-letter-measures = What is done
breach-letter-consequences = What it may mean for you
breach-letter-contact = Whom to ask
    { $contact }
breach-letter-law = This notice is given under article 46 of Law 27 of 2022 on the protection of personal data.

breach-class-activity = what you did in the registry
breach-class-as-the-answer = answers of the service that were kept for a short time
breach-class-contact = telephone number, e-mail address
breach-class-correspondence = what you wrote to others
breach-class-demographic = sex and date of birth
breach-class-employment = employment, school, subject
breach-class-identifier = identity numbers (NUPTK, NIP) or the name you sign in with
breach-class-identity = name
breach-class-opinion = what you think
breach-class-private = notes that only you see
breach-class-professional = how you work, as colleagues saw it
breach-class-profile = what you say about yourself to everybody
breach-class-sealed-identity = who stands behind something anonymous
breach-class-secret = the NIK, or what opens an account (stored in sealed form)
breach-class-usage = when you used what

breach-cause-lost-device = a device or document was lost or stolen
breach-cause-misdirected = something was sent or given to the wrong one
breach-cause-unauthorised-access = somebody from outside got in
breach-cause-malware = a harmful program
breach-cause-insider = somebody with access used data for what they may not
breach-cause-software-fault = a fault in a program
breach-cause-published-by-mistake = data was published by mistake
breach-cause-other = as described below
