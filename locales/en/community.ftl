noun-community = community
noun-membership = membership
noun-office = office
noun-partner = partner

# Communities.
plc-without-school = A learning community (PLC) belongs to one school. Choose "school" and name the school.
chair-not-principal = Groups of principals (KKKS, MKKS) are chaired by a principal.
community-without-chair = The community has no chair yet. Appoint one first.
community-too-small = It has { $members ->
    [one] one active member
   *[other] { $members } active members
}; to begin it needs at least { $least }.
field-of-another-anchor = This field is not for a community that belongs to what you chose. Leave it out.
cluster-without-region = These schools do not lie in one province. Check the list.
cluster-size-out-of-range = A cluster has { $min } to { $max } schools.
school-listed-twice = This school stands in the list twice. Keep one.
core-school-missing = The core school must be one of the schools of the cluster.
school-outside-region = A school of the cluster lies outside the region of the community.
founder-elsewhere = You can found a community only in your own school, cluster or region.
community-closed = This community has ended.
community-reports-due = { $count ->
    [one] One activity took place and is
   *[other] { $count } activities took place and are
} not reported. Report them first, or cancel what did not happen.
community-not-forming = Only a community that forms or is dormant can be activated; it is "{ $status }".
community-not-active = This can be done only to an active community; it is "{ $status }".
community-not-quiet = This community has not gone quiet: it was last at work on { $quietSince }, and has until { $dueAt }.
cadence-out-of-range = The days between two meetings lie between { $min } and { $max }.

# Memberships.
community-by-invitation = One joins this community only when an officer invites.
membership-not-requested = This can be done only to a request that was not answered; it is "{ $status }".
membership-not-invited = This can be done only to an invitation that was not answered; it is "{ $status }".
membership-not-active = This membership cannot be ended in this way; it is "{ $status }".
membership-exists = There is a membership of this person in this community; it is "{ $status }".

# Offices.
office-for-members = This office is for active members only.
office-without-scope = Only subject guides and grade coordinators have a scope. Leave it out.
office-term-reversed = The last day of the term must come after the first.
offices-too-many = A community has at most { $max } offices at one time.
office-held-already = This person holds that office already.
office-ended = This office has ended.
chair-not-passed-on = The chair cannot go without a successor. Appoint another chair first.

# Partners.
partner-value-out-of-range = The value lies between { $min } and { $max } rupiah, without decimals.
partner-days-reversed = The last day lies before the first. Correct the two days.
partners-too-many = A community has at most { $max } partners.

# What can be asked for.
action-community-read = seeing communities
action-community-create = founding a community
action-community-update = changing a community
action-community-activate = activating a community
action-community-rest = noting that a community is dormant
action-community-close = closing a community
action-membership-read = seeing memberships
action-membership-request = asking to join a community
action-membership-invite = inviting into a community
action-membership-admit = admitting a member
action-membership-refuse = refusing a request to join
action-membership-accept = accepting an invitation into a community
action-membership-decline = declining an invitation into a community
action-membership-leave = leaving a community
action-membership-remove = removing a member
action-office-appoint = giving an office in a community
action-office-end = ending an office in a community
action-partner-create = writing down a partner of a community
action-partner-update = changing a partner of a community
action-partner-delete = striking off a partner of a community

# States.
status-community-forming = forming
status-community-active = active
status-community-dormant = dormant
status-community-closed = closed
status-membership-requested = requested
status-membership-invited = invited
status-membership-active = active
status-membership-refused = refused
status-membership-withdrawn = withdrawn
status-membership-declined = declined
status-membership-left = left
status-membership-removed = removed
