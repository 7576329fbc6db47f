// They plan every second Saturday. A Tuesday morning would take teachers out of their lessons: it is refused.
// Budi follows along from here on.
import { must } from "../stage.mjs";

export default async function plan(story) {
  const { siti, budi, community } = story;
  const follow = `subscription($id: ID!) { communityUpdates(id: $id) {
    cursor event { kind subjectKind subjectId version activity { id title place startsAt status } } } }`;
  story.along = budi.listen(follow, { id: community });
  await story.along.until(({ event }) => event === null, "the beginning");

  const input = {
    title: "Pertemuan rutin KKG", kind: "MEETING", mode: "FACE_TO_FACE", place: "SD Negeri 1 Sukasari",
    timezone: "Asia/Jakarta", minutes: 180, rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", startsAt: "2026-03-10T09:00:00",
  };
  const preview = await siti.ask(
    `query($id: ID!, $input: CreateMeetingSeriesInput!) { previewMeetingSeries(id: $id, input: $input) {
      meetings { teaching schoolCount } proposals { startsAt rule teaching } } }`,
    { id: community, input },
  );
  must(preview.meetings[0].teaching === 5 && preview.meetings[0].schoolCount === 2, "all five would miss lessons");
  must(preview.proposals[0].teaching === 0, "a better slot is proposed");
  const create = `mutation($id: ID!, $input: CreateMeetingSeriesInput!) {
    createMeetingSeries(id: $id, input: $input) { id rule warnings { code } } }`;
  story.fact("refusedClash", await siti.refused(create, { id: community, input }));
  const saturdays = { ...input, rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", startsAt: "2026-03-07T09:00:00" };
  story.fact("refusedMember", await budi.refused(create, { id: community, input: saturdays }));
  const series = await siti.ask(create, { id: community, input: saturdays });
  must(series.warnings.length === 0, "nobody is engaged elsewhere");

  const planned = await siti.ask(
    "query($id: ID!) { activities(id: $id, first: 100) { totalCount nodes { id startsAt status version } } }",
    { id: community },
  );
  story.meetings = planned.nodes;
  must(story.meetings.slice(0, 3).map(({ startsAt }) => startsAt.slice(0, 10)).join() === "2026-03-07,2026-03-21,2026-04-04",
    "every second Saturday");
  story.fact("planned", planned.totalCount);

  // The second one moves by an hour, to another school.
  const [, second] = story.meetings;
  const moved = await siti.ask(
    `mutation($id: ID!, $version: Int, $input: UpdateActivityInput!) {
      updateActivity(id: $id, version: $version, input: $input) { id startsAt version } }`,
    {
      id: second.id, version: second.version,
      input: { startsAt: "2026-03-21T03:00:00Z", endsAt: "2026-03-21T06:00:00Z", place: "SD Negeri 2 Sukasari" },
    },
  );
  story.moved = moved.id;
  second.startsAt = moved.startsAt;
  await story.along.until(
    ({ event }) => event?.kind === "activity.updated" && event.activity.id === moved.id
      && event.activity.place === "SD Negeri 2 Sukasari",
    "the changed meeting",
  );
}
