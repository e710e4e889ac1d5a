// Reads every grammar of a folder with llama.cpp's reader: GAME-DEPTH.gbnf
// must admit a policy of the game and refuse others.
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { getLlama } from "node-llama-cpp";

const folder = process.argv[2];
const llama = await getLlama({ gpu: false, build: "never" });
let failed = false;
for (const name of readdirSync(folder).filter((n) => n.endsWith(".gbnf"))) {
  const game = basename(name, ".gbnf").replace(/-\w+$/, "");
  const grammar = await llama.createGrammar({ grammar: readFileSync(join(folder, name), "utf8") });
  const task = /task: (\w+( \w+)*)/.exec(readFileSync(join(folder, game + ".dryad"), "utf8"))[1];
  const head = `policy a for ${game}\n\ntree main:\n`;
  const admitted = [`${head}  task: ${task}\n`];
  const refused = [`${head}  task: no_such_task\n`, `${head}  task: ${task}`, "selector:\n", ""];
  const wrong = [...admitted.filter((t) => !grammar._testText(t)), ...refused.filter((t) => grammar._testText(t))];
  for (const text of wrong) console.error(name, "is wrong about", JSON.stringify(text));
  failed ||= wrong.length > 0;
  console.log(`${name}: accepted`);
}
process.exit(failed ? 1 : 0);
