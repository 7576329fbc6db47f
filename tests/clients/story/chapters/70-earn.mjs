// Two more meetings and two more tasks: five and three, 82 JP.
import { must } from "../stage.mjs";
import { gather } from "./30-meet.mjs";

export default async function earn(story) {
  const { siti, budi, ani, joko, rini, community, scheme } = story;
  const all = [siti, budi, ani, joko, rini];
  const task = async (title, startsAt, endsAt) => gather(story, await siti.ask(
    "mutation($id: ID!, $input: CreateActivityInput!) { createActivity(id: $id, input: $input) { id startsAt endsAt } }",
    { id: community, input: { kind: "COLLABORATIVE_PLANNING", title, mode: "FACE_TO_FACE", startsAt, endsAt } },
  ), all);
  await task("Menyusun modul bersama", "2026-04-08T07:30:00Z", "2026-04-08T09:30:00Z");
  await gather(story, story.meetings[3], all);
  const asked = { id: community, schemeId: scheme, startsOn: "2026-03-02" };
  const statement = `query($id: ID!, $schemeId: ID!, $startsOn: NaiveDate!) {
    creditStatement(id: $id, schemeId: $schemeId, startsOn: $startsOn) {
      complete jp jpTotal components { code required actual met jp } activities { counts reason jp } } }`;
  const claim = `mutation($id: ID!, $input: ClaimCreditInput!) { claimCredit(id: $id, input: $input) {
    id number verificationId hoursJp kind holderName } }`;
  const input = { schemeId: scheme, startsOn: "2026-03-02" };
  const before = await budi.ask(statement, asked);
  must(!before.complete && before.jp < before.jpTotal, "not there yet");
  story.fact("refusedIncomplete", await budi.refused(claim, { id: community, input }));

  await task("Mencoba modul di kelas", "2026-04-22T07:30:00Z", "2026-04-22T09:30:00Z");
  await gather(story, story.meetings[4], all);
  const after = await budi.ask(statement, asked);
  must(after.complete && after.components.every(({ met }) => met), "every part is met");
  story.fact("jp", after.jp);
  // Rini's phone came too late for the first meeting: she has four of five.
  story.fact("refusedRini", await rini.refused(claim, { id: community, input }));
  story.certificate = await budi.ask(claim, { id: community, input });
  story.fact("refusedTwice", await budi.refused(claim, { id: community, input }));
}
