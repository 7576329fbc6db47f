"""Prints when the meetings of a calendar begin, one line each: the instant in UTC and the UID, sorted.

python expand.py FILE FROM UNTIL   (instants in UTC: 2026-03-02T00:00:00Z)
"""

import sys
from datetime import datetime, timezone

import icalendar
import recurring_ical_events


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


file, first, last = sys.argv[1], instant(sys.argv[2]), instant(sys.argv[3])
with open(file, "rb") as source:
    calendar = icalendar.Calendar.from_ical(source.read())
lines = []
for event in recurring_ical_events.of(calendar).between(first, last):
    at = event["DTSTART"].dt.astimezone(timezone.utc)
    if first <= at < last and str(event.get("STATUS")) != "CANCELLED":
        lines.append(f"{at:%Y-%m-%dT%H:%M:%SZ} {event['UID']}")
print("\n".join(sorted(lines)))
