"""PyTorch's side of the benchmark: one thread, the same lines of JSON as the other contenders; see main.ts."""

import json
import math
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def scrambled(value):
    """MurmurHash3's fmix32, as in workloads/values.ts."""
    value = (value ^ (value >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    value = (value ^ (value >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return value ^ (value >> np.uint32(16))


def load(spec, place):
    size = math.prod(spec["shape"])
    start = np.uint32((place + 1) * 0x9E3779B1 & 0xFFFFFFFF)
    share = scrambled(np.arange(size, dtype=np.uint32) ^ start) / 2**32
    content = spec["content"]
    if "classes" in content:
        values = np.floor(share * content["classes"]).astype(np.int64)
    else:
        values = content["center"] + (2 * share - 1) * content["scale"]
        values = values.astype({"f32": np.float32, "f64": np.float64}[spec["dtype"]])
    tensor = torch.from_numpy(values.reshape(spec["shape"]).copy())
    return tensor.requires_grad_() if spec["parameter"] else tensor


def linear(x, weight, bias):
    return F.linear(x, weight.t(), bias)


elementwise = {"exp": torch.exp, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "gelu": F.gelu, "relu": F.relu}


def matmul(program, parameters, data):
    a, b = data
    return (a.t() if program["transposeA"] else a) @ (b.t() if program["transposeB"] else b)


def apply_elementwise(program, parameters, data):
    f = elementwise[program["op"]]
    return f(data[0]) if not parameters else f(parameters[0]).sum()


def mlp(program, parameters, data):
    x, wanted = data
    for k in range(0, len(parameters), 2):
        x = linear(x, parameters[k], parameters[k + 1])
        if k + 2 < len(parameters):
            x = elementwise[program["activation"]](x)
    return F.mse_loss(x, wanted) if program["loss"] == "mse" else F.cross_entropy(x, wanted)


def cnn(program, parameters, data):
    filter1, bias1, filter2, bias2, weight, bias = parameters
    images, labels = data
    x = F.max_pool2d(F.relu(F.conv2d(images, filter1, bias1)), 2)
    x = F.max_pool2d(F.relu(F.conv2d(x, filter2, bias2)), 2)
    return F.cross_entropy(linear(x.flatten(1), weight, bias), labels)


def lstm(program, parameters, data):
    input_weight, hidden_weight, bias = parameters
    x, hidden, cell, cotangent = data
    weights = [input_weight.t(), hidden_weight.t(), bias, torch.zeros_like(bias)]
    _, last, _ = torch.lstm(x, (hidden[None], cell[None]), weights, True, 1, 0.0, True, False, False)
    return (last[0] * cotangent).sum()


def transformer(program, parameters, data):
    norm1, shift1, query, query_bias, key, key_bias, value, value_bias, out, out_bias = parameters[:10]
    norm2, shift2, widen, widen_bias, narrow, narrow_bias = parameters[10:]
    x, cotangent = data
    batch, tokens, width = x.shape
    heads = program["heads"]

    def into_heads(y):
        return y.view(batch, tokens, heads, width // heads).transpose(1, 2)

    normal = F.layer_norm(x, (width,), norm1, shift1)
    q = into_heads(linear(normal, query, query_bias))
    k = into_heads(linear(normal, key, key_bias))
    v = into_heads(linear(normal, value, value_bias))
    weights = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(width // heads), -1)
    joined = (weights @ v).transpose(1, 2).reshape(batch, tokens, width)
    attended = x + linear(joined, out, out_bias)
    inner = F.gelu(linear(F.layer_norm(attended, (width,), norm2, shift2), widen, widen_bias))
    return ((attended + linear(inner, narrow, narrow_bias)) * cotangent).sum()


def chain(program, parameters, data):
    x = parameters[0]
    factor, summand = data
    for _ in range(program["pairs"]):
        x = x * factor + summand
    return x


def cross_entropy(program, parameters, data):
    return F.cross_entropy(parameters[0], data[0])


programs = {
    "matmul": matmul,
    "elementwise": apply_elementwise,
    "mlp": mlp,
    "cnn": cnn,
    "lstm": lstm,
    "transformer": transformer,
    "chain": chain,
    "crossEntropy": cross_entropy,
}


class Task:
    def __init__(self, workload):
        tensors = [load(spec, place) for place, spec in enumerate(workload["inputs"])]
        self.kind = workload["task"]
        self.parameters = [t for t in tensors if t.requires_grad]
        self.data = [t for t in tensors if not t.requires_grad]
        self.program = workload["program"]
        self.f = programs[self.program["kind"]]
        if self.kind == "train":
            self.optimizer = torch.optim.SGD(self.parameters, lr=workload["learningRate"])

    def compute(self):
        return self.f(self.program, self.parameters, self.data)

    def run(self):
        if self.kind == "value":
            with torch.no_grad():
                return self.compute().view(-1)[0].item()
        if self.kind == "gradient":
            return torch.autograd.grad(self.compute(), self.parameters)[0].view(-1)[0].item()
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.compute()
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def results(self):
        if self.kind == "value":
            with torch.no_grad():
                return [self.compute()]
        if self.kind == "gradient":
            value = self.compute()
            return [value.detach(), *torch.autograd.grad(value, self.parameters)]
        before = [p.detach().clone() for p in self.parameters]
        losses = torch.tensor([self.run() for _ in range(3)])
        return [losses, *[p.detach() - start for p, start in zip(self.parameters, before)]]


def measure(task, seconds):
    repeats, checksum = 0, 0.0
    start = time.perf_counter()
    elapsed = 0.0
    while elapsed < seconds or repeats == 0:
        checksum += task.run()
        repeats += 1
        elapsed = time.perf_counter() - start
    return {"seconds": elapsed / repeats, "checksum": checksum}


def say(reply):
    print(json.dumps(reply), flush=True)


task = None
say({"ready": True, "version": torch.__version__})
for line in sys.stdin:
    try:
        request = json.loads(line)
        if "seconds" in request:
            say(measure(task, request["seconds"]))
            continue
        task = Task(request["workload"])
        start = time.perf_counter()
        results = task.results()
        cold = (time.perf_counter() - start) / (3 if task.kind == "train" else 1)
        for place, tensor in enumerate(results):
            tensor.double().contiguous().numpy().tofile(f"{request['results']}.{place}")
        say({"results": len(results), "cold": cold})
    except Exception as error:
        say({"error": str(error).split("\n")[0]})
