# What the commands and reads of the directory answer.
noun-region = region
noun-school = school
noun-organisation = organisation
noun-person = person
noun-resource-person = resource person
noun-competence = competence

# Organisations.
organisation-code-taken = Another organisation has this code.

# Schools.
teaching-days-missing = Name at least one day with lessons.
clock-time-malformed = Write the time like 07:30, from 00:00 to 24:00.

# Persons.
person-already-known = { $id ->
    [none] Somebody with this { $number } is registered already, outside your reach. Ask the ministry to look.
   *[other] Somebody with this { $number } is registered already: { $id }. Use that record, or merge the two.
}
region-follows-school = A person at a school belongs to the school's region; leave this out.
birth-date-out-of-range = This is no date of birth of a grown-up in school service.
person-merge-enrolled-twice = Both records are enrolled in { $batches }. Withdraw one of the two enrolments first.
person-merge-nik-differs = These records have different identity numbers (NIK), so they are two persons. If one of the numbers is a slip, correct it first.

# Resource persons.
resource-person-already-known = This person is a resource person already: { $id }.
url-malformed = Write the whole address, starting with https:// or http://.
own-competence = Nobody decides on the evidence of their own competence. Ask a colleague.
