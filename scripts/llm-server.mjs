// An OpenAI-shaped server for one small language model on this machine's
// processor, as a test tool. It answers one question at a time; two that are
// equal, with one seed, get one answer. scripts/llm-server starts it.
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    modules: { type: "string" }, // folder whose node_modules has node-llama-cpp
    model: { type: "string" }, // GGUF file
    name: { type: "string" },
    port: { type: "string", default: "0" },
    context: { type: "string", default: "8192" },
    threads: { type: "string", default: "1" },
    "until-eof": { type: "boolean", default: false },
  },
});
const library = join(options.modules, "node_modules/node-llama-cpp/dist/index.js");
const { getLlama, LlamaGrammarEvaluationState } = await import(pathToFileURL(library));

const threads = Number(options.threads);
const llama = await getLlama({ gpu: false, build: "never", maxThreads: threads, logLevel: "error" });
const model = await llama.loadModel({ modelPath: options.model, gpuLayers: 0 });
const context = await model.createContext({ contextSize: Number(options.context), sequences: 1, threads, batchSize: 512 });
const sequence = context.getSequence();
const room = sequence.contextSize;

// A refusal is answered in the form that llama.cpp's server gives it.
class Refusal extends Error {
  constructor(status, type, message, more = {}) {
    super(message);
    this.status = status;
    this.body = { error: { code: status, message, type, ...more } };
  }
}
const invalid = (message) => new Refusal(400, "invalid_request_error", message);

// words are the texts of a message's content.
function words(content) {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map((part) => (part.type === "text" ? part.text : "")).join("");
  throw invalid("a message's content is neither a text nor a list of parts");
}

// tokensOf writes a conversation in ChatML. Marks of the template inside of a
// message are text like other text.
function tokensOf(messages) {
  if (!Array.isArray(messages) || messages.length === 0) throw invalid("there are no messages");
  const tokens = [];
  const mark = (text) => tokens.push(...model.tokenize(text, true));
  const plain = (text) => tokens.push(...model.tokenize(text, false, "trimLeadingSpace"));
  for (const { role, content } of messages) {
    mark("<|im_start|>");
    plain(`${role}\n${words(content)}`);
    mark("<|im_end|>");
    plain("\n");
  }
  mark("<|im_start|>");
  plain("assistant\n");
  return tokens;
}

async function grammarOf(request) {
  try {
    if (request.grammar) return await llama.createGrammar({ grammar: request.grammar });
    const format = request.response_format;
    if (format?.type === "json_schema") return await llama.createGrammarForJsonSchema(format.json_schema.schema);
  } catch (error) {
    throw invalid(`Failed to parse grammar: ${error.message}`);
  }
  return undefined;
}

// answer evaluates a conversation and calls tell with each piece of text.
async function answer(request, gone, tell) {
  const tokens = tokensOf(request.messages);
  if (tokens.length >= room) {
    throw new Refusal(400, "exceed_context_size_error",
      `request (${tokens.length} tokens) exceeds the available context size (${room} tokens), try increasing it`,
      { n_prompt_tokens: tokens.length, n_ctx: room });
  }
  const grammar = await grammarOf(request);
  // What stands in the memory from the last question is not read again; the last
  // token always is, since an answer begins behind it.
  await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
  const cached = sequence.nextTokenIndex;
  const most = Math.min(request.max_tokens ?? request.max_completion_tokens ?? room, room - tokens.length);
  const output = [];
  let text = "";
  let finish = "stop";
  const started = performance.now();
  let first = started;
  const state = grammar && new LlamaGrammarEvaluationState({ model, grammar });
  const pieces = sequence.evaluate(tokens.slice(cached), {
    temperature: request.temperature ?? 0.8,
    topK: request.top_k ?? 40,
    topP: request.top_p ?? 0.95,
    seed: request.seed ?? 0,
    grammarEvaluationState: state,
  });
  for await (const token of pieces) {
    if (output.length === 0) first = performance.now();
    output.push(token);
    const whole = model.detokenize(output);
    // Half a character ends in U+FFFD until its other half has come.
    if (!whole.endsWith("\uFFFD")) {
      tell(whole.slice(text.length));
      text = whole;
    }
    if (gone()) break;
    if (output.length >= most) {
      finish = "length";
      break;
    }
  }
  const ended = performance.now();
  return {
    text, finish,
    usage: {
      prompt_tokens: tokens.length, completion_tokens: output.length, total_tokens: tokens.length + output.length,
      prompt_tokens_details: { cached_tokens: cached },
    },
    timings: { cache_n: cached, prompt_n: tokens.length - cached, prompt_ms: first - started, predicted_n: output.length, predicted_ms: ended - first },
  };
}

const name = options.name;
let count = 0;
let queue = Promise.resolve();

async function complete(request, response) {
  const id = `chatcmpl-${++count}`;
  const common = { id, created: Math.floor(Date.now() / 1000), model: name };
  const event = (fields) => response.write(`data: ${JSON.stringify({ ...common, object: "chat.completion.chunk", ...fields })}\n\n`);
  let begun = false;
  const result = await answer(request, () => response.destroyed, (piece) => {
    if (!request.stream) return;
    if (!begun) response.writeHead(200, { "Content-Type": "text/event-stream" });
    begun = true;
    event({ choices: [{ index: 0, delta: { content: piece }, finish_reason: null }] });
  });
  if (request.stream) {
    if (!begun) response.writeHead(200, { "Content-Type": "text/event-stream" });
    event({ choices: [{ index: 0, delta: {}, finish_reason: result.finish }] });
    if (request.stream_options?.include_usage) event({ choices: [], usage: result.usage, timings: result.timings });
    response.end("data: [DONE]\n\n");
    return;
  }
  send(response, 200, {
    ...common, object: "chat.completion",
    choices: [{ index: 0, message: { role: "assistant", content: result.text }, finish_reason: result.finish }],
    usage: result.usage, timings: result.timings,
  });
}

function send(response, status, body) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

function refuse(response, error) {
  if (!(error instanceof Refusal)) error = new Refusal(500, "server_error", String(error?.message ?? error));
  if (response.headersSent) response.end(`data: ${JSON.stringify(error.body)}\n\n`);
  else send(response, error.status, error.body);
}

const facts = { n_vocab: model.fileInfo.metadata.tokenizer?.ggml?.tokens?.length, n_ctx: room, n_ctx_train: model.trainContextSize, size: model.size };
const routes = {
  "GET /health": () => ({ status: "ok" }),
  "GET /props": () => ({ default_generation_settings: { n_ctx: room }, total_slots: 1, model_alias: name }),
  "GET /v1/models": () => ({ object: "list", data: [{ id: name, object: "model", owned_by: "llamacpp", meta: facts }] }),
  "POST /tokenize": (body) => ({ tokens: model.tokenize(String(body.content ?? ""), false, "trimLeadingSpace") }),
};

const server = createServer(async (request, response) => {
  try {
    let text = "";
    request.setEncoding("utf8");
    for await (const piece of request) text += piece;
    let body = {};
    if (request.method === "POST") {
      try {
        body = JSON.parse(text);
      } catch {
        throw invalid("the body is no JSON");
      }
    }
    const route = `${request.method} ${new URL(request.url, "http://localhost").pathname}`;
    if (route === "POST /v1/chat/completions") {
      // One question at a time; a client that has gone is not answered.
      const turn = queue.then(() => (response.destroyed ? undefined : complete(body, response)));
      queue = turn.catch(() => {});
      await turn;
      return;
    }
    if (!routes[route]) throw new Refusal(404, "not_found_error", "File Not Found");
    send(response, 200, routes[route](body));
  } catch (error) {
    refuse(response, error);
  }
});
// A client that waits long between two questions finds its connection open.
server.requestTimeout = 0;
server.keepAliveTimeout = 0;
server.listen(Number(options.port), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}/v1`);
});
if (options["until-eof"]) {
  process.stdin.resume();
  process.stdin.on("end", () => process.exit(0));
}
