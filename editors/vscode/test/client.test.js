// The packaged client starts "dryad lsp", opens a document and shows its faults.
const assert = require("node:assert");
const { once } = require("node:events");
const Module = require("node:module");
const test = require("node:test");
const { stub } = require("./vscode.js");

// A client that cannot connect tries again for ever.
setTimeout(() => process.exit(1), 90_000).unref();

test("a fault of an open document is shown", { timeout: 60_000 }, async () => {
  const program = process.env.DRYAD;
  assert.ok(program, "DRYAD must name the dryad program");
  const text = "policy a for tag\n\ntree main:\n  task: fle nearest_player\n";
  const { vscode, published } = stub({ program, document: { name: "a.dryad", text } });
  const load = Module._load;
  Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));
  const client = require("../dist/extension.js");
  published.on("log", (line) => console.error(line));
  const shown = once(published, "diagnostics");
  await client.activate();
  const [uri, list] = await shown;
  assert.equal(uri, "file:///a.dryad");
  assert.equal(list.length, 1);
  assert.match(list[0].message, /fle/);
  assert.deepEqual([list[0].range.start.line, list[0].range.start.character], [3, 8]);
  await client.deactivate();
});
