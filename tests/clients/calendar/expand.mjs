// Prints when the meetings of a calendar begin, one line each: the instant in UTC and the UID, sorted.
// node expand.mjs FILE FROM UNTIL   (instants in UTC: 2026-03-02T00:00:00Z)
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [file, from, until] = process.argv.slice(2);
const [first, last] = [new Date(from), new Date(until)];
const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);

const events = calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
const lines = [];
const note = (time, event) => {
  const at = time.toJSDate();
  const cancelled = event.component.getFirstPropertyValue("status") === "CANCELLED";
  if (at >= first && at < last && !cancelled) lines.push(`${at.toISOString().slice(0, 19)}Z ${event.uid}`);
};
for (const event of events.filter((event) => !event.isRecurrenceException())) {
  for (const other of events) {
    if (other.isRecurrenceException() && other.uid === event.uid) event.relateException(other);
  }
  if (!event.isRecurring()) {
    note(event.startDate, event);
    continue;
  }
  const walk = event.iterator();
  // A moved meeting begins elsewhere than the rule says: look a little further than is asked.
  for (let next = walk.next(); next && next.toJSDate() < new Date(+last + 14 * 86400000); next = walk.next()) {
    const { item, startDate } = event.getOccurrenceDetails(next);
    note(startDate, item);
  }
}
console.log(lines.sort().join("\n"));
