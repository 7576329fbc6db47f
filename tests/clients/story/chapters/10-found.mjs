// Siti founds a KKG of the schools of a cluster; four colleagues ask to come in and she admits them.
import { must } from "../stage.mjs";

export default async function found(story) {
  const { siti, budi, ani, joko, rini } = story;
  const create = `mutation($input: CreateCommunityInput!) {
    createCommunity(input: $input) { id kind status memberCount region { name } schools { name } } }`;
  const input = {
    kind: "KKG", name: "KKG Gugus Cengkeh", anchor: "CLUSTER", schoolIds: story.schools, level: "SD",
    openness: "REQUEST", goals: "Setiap guru kelas mampu menyusun asesmen diagnostik.", cadenceDays: 14,
  };
  const nameless = await siti.refused(create, { input: { ...input, name: " ", goals: "" } });
  must(nameless.filter((code) => code === "text_missing").length === 2, "both faults are told at once");
  const made = await siti.ask(create, { input });
  must(made.status === "FORMING" && made.memberCount === 1, "it starts with its founder alone");
  story.community = made.id;

  const activate = "mutation($id: ID!) { activateCommunity(id: $id) { status memberCount } }";
  story.fact("refusedAlone", await siti.refused(activate, { id: made.id }));
  for (const person of [budi, ani, joko, rini]) {
    const asked = await person.ask(
      "mutation($id: ID!) { requestMembership(id: $id, input: { message: \"Saya ingin belajar bersama.\" }) { id status } }",
      { id: made.id },
    );
    must(asked.status === "REQUESTED", `${person.name} waits for an answer`);
    await siti.ask("mutation($id: ID!) { admitMembership(id: $id) { status } }", { id: asked.id });
  }
  const active = await siti.ask(activate, { id: made.id });
  must(active.status === "ACTIVE" && active.memberCount === 5, "it is active, with five members");
}
