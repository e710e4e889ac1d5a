"""Runs an ONNX model as often as each line of standard input says, and answers with the
nanoseconds; the first answer is the outputs of the first run, in hexadecimal.

    python runtime.py MODEL ROWS INPUT_FILE
"""

import sys
import time

import numpy
import onnxruntime

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
(wanted,) = session.get_inputs()
values = numpy.fromfile(sys.argv[3], dtype="<f4").reshape([int(sys.argv[2]), *wanted.shape[1:]])
feed = {wanted.name: values}
print(session.run(None, feed)[0].astype("<f4").tobytes().hex(), flush=True)
for line in sys.stdin:
    count = int(line)
    start = time.perf_counter_ns()
    for _ in range(count):
        session.run(None, feed)
    print(time.perf_counter_ns() - start, flush=True)
