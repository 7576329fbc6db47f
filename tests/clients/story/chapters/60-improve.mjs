// What the numbers of March showed is worked on together: a problem with its evidence and a measure, a strategy with
// somebody who looks after it, what was done for it, a second measurement, and the end. Then from the problem to the
// result in one query.
import { must } from "../stage.mjs";

const item = `id status version baseline target strategy ownerName dueOn progress statusReason closingNote
  result { before after target change missing outcome }`;
const create = `mutation($id: ID!, $input: CreateImprovementInput!) { createImprovement(id: $id, input: $input) { ${item} } }`;
const update = `mutation($id: ID!, $version: Int, $input: UpdateImprovementInput!) {
  updateImprovement(id: $id, version: $version, input: $input) { ${item} } }`;
const chain = `query($id: ID!) { improvementChain(id: $id) {
  improvement { title problem evidence measure unit direction ${item} }
  activities { id status attended improvements { id result { outcome } } }
  artefacts { id kind status title } } }`;

export default async function improve(story) {
  const { siti, budi, rini, maya, community } = story;
  const [, , meeting] = story.meetings;
  const problem = {
    title: "Pemahaman nilai tempat di kelas 4", problem: "Banyak siswa menghafal cara, tanpa memahami nilai tempat.",
    evidence: "Asesmen diagnostik bersama di dua sekolah.", measure: "Siswa yang tuntas", unit: "PERCENT",
    direction: "HIGHER", baseline: "42,5", baselineOn: "2026-03-07", target: "70",
  };
  story.fact("refusedTarget", await siti.refused(create, { id: community, input: { ...problem, target: "42.5" } }));
  const { id, status, baseline } = await siti.ask(create, { id: community, input: problem });
  must(status === "IDENTIFIED" && baseline === "42.5", "it is written down, with one way to write a number");

  const step = (field, type, input) => {
    const [takes, gives] = type ? [`, $input: ${type}!`, ", input: $input"] : ["", ""];
    return [`mutation($id: ID!${takes}) { ${field}(id: $id${gives}) { ${item} } }`, { id, input }];
  };
  const review = (after, words) => step("reviewImprovement", "ReviewImprovementInput", { after, afterOn: "2026-04-07", review: words });
  const link = (input) => step("linkImprovement", "LinkImprovementInput", input);

  const agreed = await siti.ask(...step("agreeImprovement", "AgreeImprovementInput", {
    strategy: "Benda konkret dahulu, lalu gambar, baru lambang.", ownerId: story.ids.budi, dueOn: "2026-04-30",
  }));
  must(agreed.ownerName === "Budi Rahmawati" && agreed.dueOn === "2026-04-30", "Budi looks after it until a day");
  const late = { id, version: 1, input: { dueOn: "2026-05-31" } };
  story.fact("refusedStale", await siti.refused(update, late));
  must((await siti.ask(update, { ...late, version: agreed.version })).dueOn === "2026-05-31", "whoever read it anew may");

  // Budi holds no office: he says how it goes and what came of it, and no more.
  await story.at("2026-04-07T03:00:00Z");
  story.fact("refusedUntried", await budi.refused(...review("55", "Membaik.")));
  must((await siti.ask(...step("startImprovement"))).status === "IN_PROGRESS", "it is tried");
  story.fact("refusedLink", await budi.refused(...link({ activityId: meeting.id })));
  await siti.ask(...link({ activityId: meeting.id }));
  const linked = await siti.ask(...link({ artefactId: story.assessment }));
  must((await siti.ask(...link({ artefactId: story.assessment }))).version === linked.version, "twice is as good as once");
  await budi.ask(...step("noteImprovement", "NoteImprovementInput", { progress: "Kedua sekolah sudah mencoba." }));
  const first = await budi.ask(...review("55", "Membaik; satu kelas belum diukur ulang."));
  must(first.result.outcome === "IMPROVED" && first.result.change === "12.5" && first.result.missing === "15", "better, not there yet");
  await siti.ask(...step("reopenImprovement", "ReopenImprovementInput", { reason: "Satu kelas belum diukur ulang" }));
  await budi.ask(...review("71", "Benda konkret membantu; waktunya perlu ditambah."));
  const closed = await siti.ask(...step("closeImprovement", "CloseImprovementInput", { note: "Jadi kebiasaan kelompok." }));
  must(closed.status === "CLOSED" && closed.statusReason === null, "it is done");

  const told = await rini.ask(chain, { id });
  must(told.improvement.problem === problem.problem && told.improvement.closingNote === "Jadi kebiasaan kelompok.", "from the first word to the last");
  must(told.activities.length === 1 && told.activities[0].id === meeting.id, "what was done for it");
  must(told.activities[0].improvements.map((one) => one.id).join() === id, "and back again");
  must(told.artefacts.length === 1 && told.artefacts[0].id === story.assessment, "what was made for it");
  story.fact("improved", {
    result: told.improvement.result, attended: told.activities[0].attended, status: told.activities[0].status,
    made: told.artefacts.map(({ kind, status }) => `${kind} ${status}`),
  });
  story.fact("refusedElsewhere", await maya.refused(chain, { id }));
}
