// Budi holds the certificate, and anybody finds it genuine.
import { must } from "../stage.mjs";

export default async function hold(story) {
  const { budi, maya, certificate } = story;
  const me = await budi.ask(`{ me { person { name certificates(first: 5) { nodes { number hoursJp kind status } } } } }`);
  const [held] = me.person.certificates.nodes;
  must(held.number === certificate.number && held.status === "VALID", "it is among his own");
  const found = await maya.ask(
    "query($id: String!) { verification(id: $id) { status hoursJp number communityName holderName } }",
    { id: certificate.verificationId },
  );
  must(found.status === "VALID" && found.communityName === "KKG Gugus Cengkeh", "it is genuine");
  must(found.holderName !== certificate.holderName, "the name is masked for strangers");
  story.fact("certificate", { number: held.number, hoursJp: found.hoursJp });

  await story.along.until(
    ({ event }) => event?.kind === "activity.reported" && event.activity.id === story.meetings[4].id,
    "the last report",
  );
  const { heard } = story.along;
  const told = heard.filter(({ event }) => event).map(({ event }) => event);
  const created = new Set(told.filter(({ kind }) => kind === "activity.created").map(({ subjectId }) => subjectId));
  story.fact("heardCreated", created.size);
  story.fact("heardMoved", told.filter(({ kind, activity }) => kind === "activity.updated" && activity.id === story.moved).length);
  const steps = told.map(({ kind }) => kind.split(".")).filter(([noun]) => noun === "improvement").map(([, step]) => step);
  story.fact("heardImproved", [...new Set(steps)].sort());
  story.fact("heardPrivate", told.filter(({ subjectKind }) => subjectKind === "observation").length);
  story.fact("heardTwice", new Set(heard.map(({ cursor }) => cursor)).size !== heard.length);
  await story.along.end();
}
