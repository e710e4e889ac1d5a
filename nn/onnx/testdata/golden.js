// Runs every model of this folder in ONNX Runtime and writes the results to
// golden.json. To run it again, in a folder outside the repository:
//
//	npm install onnxruntime-web
//	NODE_PATH=node_modules node .../testdata/golden.js .../testdata
const fs = require("fs");
const path = require("path");
const ort = require("onnxruntime-web");

async function main(folder) {
  const result = {};
  for (const name of fs.readdirSync(folder).filter((n) => n.endsWith(".onnx")).sort()) {
    const session = await ort.InferenceSession.create(fs.readFileSync(path.join(folder, name)));
    const dims = session.inputMetadata[0].shape.map((d) => (typeof d === "number" ? d : 2));
    const size = dims.reduce((a, b) => a * b, 1);
    const input = Float32Array.from({ length: size }, (_, i) => (((i * 37) % 101) - 50) / 50);
    const output = await session.run({ [session.inputNames[0]]: new ort.Tensor("float32", input, dims) });
    result[name] = Array.from(output[session.outputNames[0]].data).map((v) => Number(v.toPrecision(8)));
  }
  fs.writeFileSync(path.join(folder, "golden.json"), JSON.stringify(result, null, 1) + "\n");
}

main(process.argv[2]);
