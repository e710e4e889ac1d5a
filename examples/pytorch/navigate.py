"""Train dryad's neural task navigate in PyTorch.

    dryad train export navigate lessons.npz --matches 16 --ticks 1400
    python navigate.py lessons.npz navigate.safetensors
    dryad play arena --seat walker.dryad --seat walker.dryad --net navigate=navigate.safetensors

Needs torch and numpy. The network has the layers that dryad ships for the task, so
that both can be compared.
"""

import argparse
import json
import struct

import numpy as np
import torch
from torch import nn


class Navigate(nn.Module):
    """Two convolutions and two dense layers over a grid of 9 x 9 cells in 6 channels."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(6, 8, 3, stride=2, padding=1)
        self.conv2 = nn.Conv2d(8, 16, 3, stride=2, padding=1)
        self.dense1 = nn.Linear(3 * 3 * 16, 48)
        self.dense2 = nn.Linear(48, 4)

    def forward(self, grid):
        """grid has dryad's order: rows, columns, channels. So has what is flattened."""
        x = torch.relu(self.conv1(grid.permute(0, 3, 1, 2)))
        x = torch.relu(self.conv2(x)).permute(0, 2, 3, 1).flatten(1)
        return self.dense2(torch.relu(self.dense1(x)))


def loss_of(output, answer):
    """Squared error of thrust and turn, cross entropy of the switch 'use'."""
    numbers = ((output[:, :3] - answer[:, :3]) ** 2).sum(1)
    switch = nn.functional.binary_cross_entropy_with_logits(output[:, 3], (answer[:, 3] > 0).float(), reduction="none")
    return (numbers + switch).mean()


def save(model, path):
    """Write a safetensors file as 'dryad net show' reads it: the architecture in the
    metadata, tensors named by layer, kernels as [out, row, column, in]."""
    conv = lambda out: {"kind": "conv", "out": out, "kernel": [3, 3], "stride": [2, 2], "pad": [1, 1]}
    relu, dense = {"kind": "relu"}, lambda out: {"kind": "dense", "out": out}
    architecture = {
        "input": {"height": 9, "width": 9, "channels": 6},
        "layers": [conv(8), relu, conv(16), relu, dense(48), relu, dense(4)],
    }
    tensors = {}
    for index, layer in ((0, model.conv1), (2, model.conv2), (4, model.dense1), (6, model.dense2)):
        weight = layer.weight.detach()
        if weight.dim() == 4:
            weight = weight.permute(0, 2, 3, 1)
        tensors[f"{index}.weight"] = weight.contiguous().numpy()
        tensors[f"{index}.bias"] = layer.bias.detach().numpy()
    header, data = {"__metadata__": {"dryad.architecture": json.dumps(architecture), "task": "navigate"}}, b""
    for name, values in tensors.items():
        raw = np.ascontiguousarray(values, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def main():
    parser = argparse.ArgumentParser(description="Train dryad's neural task navigate in PyTorch.")
    parser.add_argument("lessons", help="what 'dryad train export navigate' wrote, .npz")
    parser.add_argument("network", help="file to write, .safetensors")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    with np.load(arguments.lessons) as archive:
        inputs, answers = torch.from_numpy(archive["inputs"]), torch.from_numpy(archive["answers"])
    model = Navigate()
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, arguments.epochs)
    for epoch in range(arguments.epochs):
        total = 0.0
        for rows in torch.randperm(len(inputs)).split(256):
            optimizer.zero_grad()
            loss = loss_of(model(inputs[rows]), answers[rows])
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            total += loss.item() * len(rows)
        schedule.step()
        print(f"epoch {epoch + 1}: loss {total / len(inputs):.4f}")
    save(model, arguments.network)
    # What dryad must answer to the first lesson, to compare.
    with torch.no_grad():
        print("first answer:", *(f"{v:.5f}" for v in model(inputs[:1])[0].tolist()))


if __name__ == "__main__":
    main()
