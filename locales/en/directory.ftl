# Lines of text and closed lists, everywhere.
unknown-value = This value is not known here. Use one of: { $allowed }.
text-missing = Nothing is written here. Fill it in.
text-has-control-characters = This has line breaks, tabs or other control characters inside. Write it in one line.
text-has-direction-controls = This has hidden characters that turn the direction of reading. Type it again instead of pasting it.
text-has-invisible-characters = This has invisible characters. Type it again instead of pasting it.
reason-missing = Say why: this step needs a reason.

# Persons.
name-without-letters = A name needs letters. Write the full name as on the identity card.
name-mixes-scripts = This name mixes letters of scripts that look alike (Latin and Cyrillic, say). Check that it is spelled as the person spells it.
number-mangled-by-spreadsheet = A spreadsheet turned this number into a decimal (like 4.73E+15) and digits are lost. Format the column as text in the source and export it again.
number-lost-leading-zeros = This number has { $found } digits instead of { $expected }: a spreadsheet probably dropped zeros at the start. Format the column as text in the source and export it again.
nuptk-malformed = A NUPTK has exactly 16 digits. Check it against the source.
nip-malformed = A NIP has exactly 18 digits. Check it against the decree of appointment.
nip-birth-date-odd = The first eight digits of this NIP are no date of birth. It was kept; check it.
nip-birth-date-differs = The date of birth in this NIP differs from the person's. Check both.
nip-appointment-odd = The month of appointment in this NIP is no month. It was kept; check it.
nip-sex-odd = The digit for the sex in this NIP is neither 1 nor 2. It was kept; check it.
nip-sex-differs = The sex in this NIP differs from the person's. Check both.
phone-malformed = This is no telephone number. Write it like 0812 3456 7890 or +62 812 3456 7890.
email-malformed = This is no e-mail address. Write it like name@example.id.
person-merged = This record was merged into { $into }. Use that one.
person-merged-with-itself = A record cannot be merged with itself. Name two different records.
person-merge-cycle = These records were merged the other way round already: { $id } would lead back to itself. Merge into the record that is still in use.

# Schools.
npsn-malformed = An NPSN has 8 digits, or 8 letters and digits while provisional. Check it against the reference data.
npsn-provisional = { $npsn } is a provisional NPSN. Replace it when the school gets its final number.
npsn-has-letters = { $npsn } has letters but is not of the provisional form NP and six digits. Check it.
school-level-unknown = "{ $value }" is no school level. Use one of SD, SMP, SMA, SMK, SLB and the others in the guide.
school-ownership-unknown = "{ $value }" is no ownership. Use N (state) or S (private).
address-missing = There is no usable address. Add one when it is known.
coordinates-missing = There are no coordinates. Add them when they are known.
coordinates-malformed = The coordinates cannot be read as degrees and were left out. Write them like -6.2088 and 106.8456.
coordinates-zero = The longitude is zero, which is in no part of the country; the coordinates were left out. Add the right ones.
coordinates-swapped = Latitude and longitude were swapped; they were turned round. Correct the source.
coordinates-outside-country = The coordinates lie outside the country. They were kept; check them.

# Organisations.
organisation-code-malformed = An organisation's code has 2 to 20 letters, digits and dashes, like BGTK-JABAR.

# Regions.
region-code-malformed = A region code looks like 32 (province), 32.73 (regency) or 32.73.01 (district).
region-validity-reversed = The last day lies before the first. Swap or correct them.
region-succeeds-itself = A region cannot succeed itself. Name another one.
region-successor-level = A region is succeeded by one of the same level: a district by a district, a regency by a regency.
region-still-in-force = This region is still in force. Give it a last day before naming its successor.
region-has-successor = { $successor } was named as its successor already. Correct that one first.
region-successor-cycle = The successors lead back to { $code }. Name a region that is in force.
region-not-in-force = Region { $code } is not in force on that day. Its successor: { $successor }. Use a region that is in force.

# Resource persons.
competence-not-claimed = Only claimed competence can be verified or refused; this one is "{ $status }".
competence-not-verified = Competence for this program is not verified (now: { $status }). Have the evidence verified first.
competence-not-refused = New evidence can be given only after a refusal; this one is "{ $status }".
competence-evidence-unchanged = This is the evidence that was refused. Give other evidence.

