// Tells the story, one chapter after the other. The test that starts it says in the first line who is who and
// where the service is, sets the clock when it is asked to, and looks at the facts that are told.
import { readdirSync } from "node:fs";
import { at, fact, people, said } from "./stage.mjs";

setTimeout(() => {
  process.stderr.write("the story took more than three minutes\n");
  process.exit(2);
}, 180000).unref();

const cast = JSON.parse(await said());
const story = { ...cast, ...people(cast), at, fact };
const folder = new URL("chapters/", import.meta.url);
// In the order of their names: a new chapter is a new file.
for (const file of readdirSync(folder).filter((name) => name.endsWith(".mjs")).sort()) {
  const chapter = await import(new URL(file, folder));
  await chapter.default(story);
  fact("chapter", file.replace(".mjs", ""));
}
process.stdout.write("END\n");
process.exit(0);
