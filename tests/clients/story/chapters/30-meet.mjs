// They meet. Siti shows the code of the moment; Budi is online, the phones of Ani and Joko are not and tell days
// later what they read, Rini's comes too late. Then the report is completed.
import { must } from "../stage.mjs";

const hold = "mutation($id: ID!) { holdActivity(id: $id) { status heldAt } }";
const code = "query($id: ID!) { activityCheckInCode(id: $id) { code validFrom } }";
const checkIn = `mutation($id: ID!, $input: CheckInActivityInput!) {
  checkInActivity(id: $id, input: $input) { method minutes observedAt personName } }`;
const report = `mutation($id: ID!, $input: ReportActivityInput!) {
  reportActivity(id: $id, input: $input) { status attended } }`;

export default async function meet(story) {
  const { siti, budi, ani, joko, rini } = story;
  const { id } = story.meetings[0];
  story.fact("refusedEarly", await siti.refused(hold, { id }));
  await story.at("2026-03-07T02:05:00Z");
  must((await siti.ask(hold, { id })).status === "HELD", "it is held");
  const shown = await siti.ask(code, { id });
  story.fact("refusedCode", await budi.refused(code, { id }));
  const read = { code: shown.code, observedAt: "2026-03-07T02:05:10Z" };
  for (const person of [siti, budi]) {
    const there = await person.ask(checkIn, { id, input: read });
    must(there.method === "CODE" && there.minutes === 175, `${person.name} is on the list`);
  }
  story.fact("refusedWrongCode", await ani.refused(checkIn, { id, input: { code: "00000-00000-00000" } }));

  await story.at("2026-03-09T10:00:00Z");
  for (const person of [ani, joko]) {
    const late = await person.ask(checkIn, { id, input: read });
    must(late.minutes === 175 && late.observedAt.startsWith("2026-03-07T02:05:10"), "the code proves the moment");
    const again = await person.ask(checkIn, { id, input: read });
    must(JSON.stringify(again) === JSON.stringify(late), "sent again it changes nothing");
  }
  await story.at("2026-03-14T05:00:00Z");
  story.fact("refusedTooLate", await rini.refused(checkIn, { id, input: read }));
  const done = await siti.ask(report, { id, input: { notes: "Tersusun 20 soal diagnostik." } });
  must(done.status === "REPORTED" && done.attended === 4, "four were there");
}

/** What Siti and her colleagues do at a later activity: they come, check in, and the report is completed. */
export async function gather(story, { id, startsAt, endsAt }, persons) {
  const begin = new Date(startsAt);
  await story.at(new Date(+begin + 5 * 60000).toISOString());
  await story.siti.ask(hold, { id });
  const shown = await story.siti.ask(code, { id });
  for (const person of persons) await person.ask(checkIn, { id, input: { code: shown.code } });
  await story.at(new Date(endsAt ?? +begin + 180 * 60000).toISOString());
  const done = await story.siti.ask(report, { id, input: { notes: "Dicoba di kelas, lalu dibahas bersama." } });
  must(done.attended === persons.length, `${persons.length} were there`);
}
