// Ani lets Budi watch a lesson. It stays between the two.
import { must } from "../stage.mjs";
import { gather } from "./30-meet.mjs";

export default async function observe(story) {
  const { siti, budi, ani, joko, rini, community } = story;
  await gather(story, story.meetings[1], [siti, budi, ani, joko, rini]);
  const talk = await siti.ask(
    "mutation($id: ID!, $input: CreateActivityInput!) { createActivity(id: $id, input: $input) { id startsAt endsAt } }",
    {
      id: community,
      input: {
        kind: "PEER_OBSERVATION", title: "Membahas pelajaran yang diamati", mode: "FACE_TO_FACE",
        startsAt: "2026-03-25T07:30:00Z", endsAt: "2026-03-25T09:30:00Z",
      },
    },
  );
  const input = {
    observerId: story.ids.budi, observedId: story.ids.ani, focus: "Siapa yang bertanya?",
    lessonAt: "2026-03-25T02:00:00Z", subject: "Matematika", grade: "Kelas 4B", activityId: talk.id,
  };
  const plan = "mutation($id: ID!, $input: PlanObservationInput!) { planObservation(id: $id, input: $input) { id status } }";
  const { id } = await ani.ask(plan, { id: community, input });
  const step = (person, field, selection, input, type) => person.ask(
    input
      ? `mutation($id: ID!, $input: ${type}!) { ${field}(id: $id, input: $input) { ${selection} } }`
      : `mutation($id: ID!) { ${field}(id: $id) { ${selection} } }`,
    { id, input },
  );
  await step(budi, "acceptObservation", "status agreedAt");
  await story.at("2026-03-25T03:00:00Z");
  await step(budi, "recordObservation", "status", { evidence: "Tiga murid bertanya." }, "RecordObservationInput");
  story.fact("refusedStranger", await siti.refused("query($id: ID!) { observation(id: $id) { status } }", { id }));
  await step(budi, "giveObservationFeedback", "status", { feedback: "Beri waktu." }, "GiveObservationFeedbackInput");
  await step(ani, "reflectObservation", "status", { reflection: "Saya terlalu cepat." }, "ReflectObservationInput");
  const closed = await step(ani, "closeObservation", "status");
  must(closed.status === "CLOSED", "the circle is closed");
  await gather(story, talk, [siti, budi, ani, joko, rini]);
}
