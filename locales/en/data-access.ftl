# Who saw what is held on a person.
noun-data-access = look at personal data
action-data-access-read = seeing who saw one's data
data-access-period-reversed = The last day must not lie before the first.

# What data was shown for, as whoever it is about reads it.
purpose-directory-read = Looking people up in the directory
purpose-directory-write = Keeping the directory
purpose-contacts-read = Reaching you: telephone number, e-mail address
purpose-identifiers-read = Telling you apart by your numbers (NUPTK, NIP)
purpose-demographics-read = Sex and date of birth
purpose-trainings-read = Looking at trainings, applications and attendance
purpose-trainings-apply = Applying for trainings
purpose-trainings-manage = Running trainings
purpose-certificates-read = Looking at certificates, or taking them over into another system
purpose-certificates-issue = Issuing and revoking certificates
purpose-communities-read = Looking after communities and their members
purpose-communities-take-part = Taking part in communities
purpose-communities-manage = Setting the rules for communities
purpose-observations-read = Looking at peer observations and coachings
purpose-observations-write = Writing peer observations and coachings
purpose-learning-read = Looking at own learning that was shared
purpose-learning-write = Writing own learning
purpose-moderation = Moderating what is said in communities
purpose-imports = Bringing files into the directory
purpose-access-read = Looking after accounts and roles
purpose-access-manage = Changing accounts and roles
purpose-personal-data-read = Looking at what is held on you, or at who saw it
purpose-personal-data-manage = Requests about your own data
purpose-privacy-manage = Deciding about corrections, erasures and breaches
