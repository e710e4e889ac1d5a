// A stand-in for the editor's own module "vscode", enough of it for the client
// to start: what it does not name answers to everything and does nothing.
const { EventEmitter } = require("node:events");

const anything = new Proxy(class {}, {
  get: (target, name) => (name === "prototype" ? target.prototype : name === "then" || name === Symbol.toPrimitive ? undefined : anything),
  apply: () => anything,
  construct: () => ({ dispose() {} }),
});

exports.stub = ({ program, document }) => {
  const published = new EventEmitter();
  const nothing = { dispose() {} };
  const event = () => nothing;
  class Uri {
    constructor(text) { this.text = text; this.fsPath = new URL(text).pathname; this.scheme = "file"; }
    toString() { return this.text; }
    static parse(text) { return new Uri(text); }
  }
  class Position { constructor(line, character) { Object.assign(this, { line, character }); } }
  class Range { constructor(a, b, c, d) { this.start = new Position(a, b); this.end = new Position(c, d); } }
  class Diagnostic { constructor(range, message, severity) { Object.assign(this, { range, message, severity }); } }
  class Disposable { dispose() {} }
  class Emitter { event = event; fire() {} dispose() {} }
  class CancellationTokenSource { token = { isCancellationRequested: false, onCancellationRequested: event }; cancel() {} dispose() {} }
  const open = {
    uri: new Uri("file:///" + document.name), languageId: "dryad", version: 1, fileName: document.name,
    isDirty: false, getText: () => document.text,
  };
  const named = (known) => new Proxy(known, {
    get: (have, name) => (name in have ? have[name] : typeof name === "string" && /^on(Did|Will)/.test(name) ? event : anything),
  });
  const vscode = named({
    Uri, Position, Range, Diagnostic, Disposable, EventEmitter: Emitter, version: "1.82.0",
    CancellationError: Error, CancellationTokenSource,
    env: { appName: "test", language: "en" },
    workspace: named({
      textDocuments: [open], notebookDocuments: [], workspaceFolders: undefined,
      getConfiguration: () => ({ get: (key) => (key === "path" ? program : undefined) }),
      createFileSystemWatcher: () => nothing,
    }),
    window: named({
      visibleTextEditors: [], activeTextEditor: undefined,
      tabGroups: { all: [], onDidChangeTabs: event },
      createOutputChannel: () => ({ append() {}, appendLine: (line) => published.emit("log", line), show() {}, dispose() {} }),
      showErrorMessage: async (message) => { published.emit("log", message); },
    }),
    languages: named({
      match: (selector) => ([selector].flat().some((s) => s.language === "dryad") ? 10 : 0),
      createDiagnosticCollection: () => ({
        set: (uri, list) => published.emit("diagnostics", uri.toString(), list),
        delete() {}, clear() {}, dispose() {}, forEach() {},
      }),
    }),
  });
  return { vscode, published };
};
