// Budi writes the common assessment down, Ani reviews it, Siti lets it out; a group elsewhere carries it on.
import { must } from "../stage.mjs";
import { gather } from "./30-meet.mjs";

export default async function publish(story) {
  const { siti, budi, ani, joko, rini, maya, community } = story;
  await gather(story, story.meetings[2], [siti, budi, ani, joko, rini]);
  const made = await budi.ask(
    "mutation($id: ID!, $input: CreateArtefactInput!) { createArtefact(id: $id, input: $input) { id status latest } }",
    {
      id: community,
      input: {
        kind: "COMMON_ASSESSMENT", title: "Asesmen diagnostik numerasi kelas 4", level: "SD", licence: "CC_BY_SA",
        activityId: story.meetings[2].id, body: "# Soal 1\n\nBerapa 125 + 275?",
      },
    },
  );
  const id = made.id;
  story.assessment = id;
  const out = "mutation($id: ID!) { publishArtefact(id: $id, input: { audience: EVERYONE }) { status audience published } }";
  const fork = `mutation($id: ID!, $input: ForkArtefactInput!) {
    forkArtefact(id: $id, input: $input) { id title licence communityId forkedFrom { id title forks } } }`;
  const elsewhere = { communityId: story.elsewhere, title: "Asesmen diagnostik, versi Surabaya" };
  story.fact("refusedUnseen", await maya.refused(fork, { id, input: elsewhere }));
  story.fact("refusedUnreviewed", await siti.refused(out, { id }));
  await ani.ask(
    "mutation($id: ID!, $input: ReviewArtefactInput!) { reviewArtefact(id: $id, input: $input) { status } }",
    { id, input: { number: 1, verdict: "APPROVED", comment: "Siap dicoba di kelas." } },
  );
  must((await siti.ask(out, { id })).audience === "EVERYONE", "it is out");
  const carried = await maya.ask(fork, { id, input: elsewhere });
  must(carried.forkedFrom.id === id && carried.forkedFrom.forks === 1, "where it comes from stays named");
  must(carried.licence === "CC_BY_SA", "its licence goes along");
  const credits = await maya.ask(
    "query($id: ID!) { artefactCredits(id: $id) { title authors { name } } }", { id: carried.id },
  );
  story.fact("credited", credits.flatMap(({ authors }) => authors.map(({ name }) => name)));
}
