// The grammar, read by the tokenizer that the editor itself uses.
const assert = require("node:assert");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const test = require("node:test");
const oniguruma = require("vscode-oniguruma");
const { Registry, INITIAL, parseRawGrammar } = require("vscode-textmate");

const here = (...path) => join(__dirname, "..", ...path);

async function grammar() {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => {
      const path = here("syntaxes", "dryad.tmLanguage.json");
      return parseRawGrammar(readFileSync(path, "utf8"), path);
    },
  });
  return registry.loadGrammar("source.dryad");
}

// Each piece of the line that has a scope of its own, as "piece scope".
function coloured(grammar, line) {
  return grammar.tokenizeLine(line, INITIAL).tokens
    .map((t) => [line.slice(t.startIndex, t.endIndex), t.scopes.at(-1).replace(/\.dryad$/, "")])
    .filter(([piece, scope]) => piece.trim() && scope !== "source")
    .map(([piece, scope]) => `${piece.trim()} ${scope}`);
}

test("every line of a policy has its colours", async () => {
  const g = await grammar();
  for (const [line, ...want] of readCases(readFileSync(here("test", "scopes.txt"), "utf8"))) {
    assert.deepEqual(coloured(g, line), want, line);
  }
});

// A case is a line after "|", and below it what is coloured.
function readCases(text) {
  const cases = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("|")) cases.push([line.slice(1)]);
    else if (line.trim()) cases.at(-1).push(line.trim());
  }
  return cases;
}
