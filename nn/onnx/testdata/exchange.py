"""Runs every model of a folder in ONNX Runtime: NAME.onnx takes NAME.input, rows of
little-endian float32, and gives NAME.output. Each model passes ONNX's checker first,
and is written again as external/NAME.onnx, with its data in external/NAME.data.

    python exchange.py FOLDER ROWS
"""

import pathlib
import sys

import numpy
import onnx
import onnxruntime


def run(path, rows):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    (wanted,) = session.get_inputs()
    shape = [rows, *wanted.shape[1:]]
    values = numpy.fromfile(path.with_suffix(".input"), dtype="<f4").reshape(shape)
    (output,) = session.run(None, {wanted.name: values})
    output.astype("<f4").tofile(path.with_suffix(".output"))
    onnx.save_model(model, path.parent / "external" / path.name, save_as_external_data=True, location=path.stem + ".data", size_threshold=0)


def main(folder, rows):
    (pathlib.Path(folder) / "external").mkdir()
    for path in sorted(pathlib.Path(folder).glob("*.onnx")):
        try:
            run(path, rows)
        except Exception as error:
            sys.exit(f"{path.name}: {error}")


main(sys.argv[1], int(sys.argv[2]))
