// The client: it starts "dryad lsp" and leaves everything else to it.
const { workspace } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const command = workspace.getConfiguration("dryad").get("path");
  const server = { command, args: ["lsp"], transport: TransportKind.stdio };
  client = new LanguageClient("dryad", "dryad", server, {
    documentSelector: [{ language: "dryad" }],
  });
  return client.start();
};

exports.deactivate = () => client && client.stop();
