noun-role-grant = given role
action-role-grant-read = seeing given roles
action-role-grant-give = giving a role
action-role-grant-withdraw = withdrawing a role

role-grant-expiry-past = Say a moment that lies ahead, or none.
role-grant-holder-ambiguous = Say who is to hold the role: one account, or one client.
role-grant-teacher = A teacher's role comes with the account of a person; it is not given.
role-grant-not-for-clients = A client is given no other role than ministry_system. Give other roles to the account of whoever answers for them.
role-grant-outlives-giver = Your own role ends at { $until }. What you give may not last longer.
role-grant-own = Nobody gives themselves a role. Ask somebody else who may.
role-grant-account-blocked = This account cannot be used. It is given no role.
role-grant-client-not-approved = This app is not approved. It is given no role.
role-grant-held = The holder has this role there already. Withdraw it first, to give it anew.
role-grant-withdrawn = This role was taken back already.
role-grant-expired = This role has ended already.

# What an app may do, as whoever agrees to it reads it.
scope-directory-read = See your entry in the directory, and those that you may see.
scope-directory-write = Change entries in the directory that you may change.
scope-trainings-read = See your trainings, applications and attendance, and those that you may see.
scope-trainings-apply = Apply for trainings in your name, and withdraw.
scope-trainings-manage = Run trainings that you may run: programmes, batches, sessions, selection, attendance.
scope-certificates-read = See your certificates, and those that you may see.
scope-certificates-issue = Issue and revoke certificates in your name.
scope-communities-read = See your communities and what they do.
scope-communities-take-part = Take part in your communities in your name: join, meet, make, say, vote.
scope-communities-manage = Set the rules for communities that you may set: credit, instruments, recognition.
scope-observations-read = See your peer observations and coachings, which otherwise only the two of you see.
scope-observations-write = Plan, write and share your peer observations and coachings.
scope-learning-read = See your own learning: plans, goals, reflections, how you see yourself.
scope-learning-write = Write your own learning in your name.
scope-moderation = Moderate in your name what is said in communities.
scope-imports = Bring files into the directory in your name, and read what came of it.
scope-access-read = See accounts, roles, apps and the audit trail that you may see.
scope-access-manage = Invite and block accounts, give and withdraw roles, and decide about apps, in your name.
