import type { Ops } from "./ops.ts";

/** What a workload computes, written once for all contenders in JavaScript; PyTorch's worker reads the same description. */
export type Program =
  | { readonly kind: "matmul"; readonly transposeA: boolean; readonly transposeB: boolean }
  | { readonly kind: "elementwise"; readonly op: "exp" | "tanh" | "sigmoid" | "gelu" }
  | { readonly kind: "mlp"; readonly activation: "relu" | "tanh"; readonly loss: "crossEntropy" | "mse" }
  | { readonly kind: "cnn" }
  | { readonly kind: "lstm"; readonly steps: number }
  | { readonly kind: "transformer"; readonly heads: number }
  | { readonly kind: "chain"; readonly pairs: number }
  | { readonly kind: "crossEntropy" };

/** The inputs: first the parameters, then the data. A scalar comes out where a gradient is wanted. */
export function run<T>(program: Program, ops: Ops<T>, parameters: readonly T[], data: readonly T[]): T {
  switch (program.kind) {
    case "matmul":
      return ops.matmul(data[0], data[1], program.transposeA, program.transposeB);
    case "elementwise":
      return parameters.length === 0 ? ops[program.op](data[0]) : ops.sum(ops[program.op](parameters[0]));
    case "crossEntropy":
      return ops.crossEntropy(parameters[0], data[0]);
    case "mlp": {
      let x = data[0];
      for (let k = 0; k < parameters.length; k += 2) {
        x = ops.linear(x, parameters[k], parameters[k + 1]);
        if (k + 2 < parameters.length) x = ops[program.activation](x);
      }
      return ops[program.loss](x, data[1]);
    }
    case "cnn":
      return cnn(ops, parameters, data);
    case "lstm":
      return lstm(ops, parameters, data, program.steps);
    case "transformer":
      return transformer(ops, parameters, data, program.heads);
    case "chain": {
      let x = parameters[0];
      for (let k = 0; k < program.pairs; k++) x = ops.add(ops.mul(x, data[0]), data[1]);
      return x;
    }
  }
}

function cnn<T>(
  ops: Ops<T>,
  [filter1, bias1, filter2, bias2, weight, bias]: readonly T[],
  [images, labels]: readonly T[],
): T {
  const first = ops.maxPool2d(ops.relu(ops.conv2d(images, filter1, bias1)), 2);
  const second = ops.maxPool2d(ops.relu(ops.conv2d(first, filter2, bias2)), 2);
  return ops.crossEntropy(ops.linear(ops.flatten(second), weight, bias), labels);
}

/** Gates in PyTorch's order: input, forget, cell, output. The share of the inputs is one product for all steps. */
function lstm<T>(
  ops: Ops<T>,
  [inputWeight, hiddenWeight, bias]: readonly T[],
  [x, hidden, cell, cotangent]: readonly T[],
  steps: number,
): T {
  const fromInputs = ops.linear(x, inputWeight, bias);
  let h = hidden;
  let c = cell;
  for (let step = 0; step < steps; step++) {
    const gates = ops.add(ops.select(fromInputs, step), ops.matmul(h, hiddenWeight));
    const [input, forget, candidate, output] = ops.split(gates, 4);
    c = ops.add(ops.mul(ops.sigmoid(forget), c), ops.mul(ops.sigmoid(input), ops.tanh(candidate)));
    h = ops.mul(ops.sigmoid(output), ops.tanh(c));
  }
  return ops.sum(ops.mul(h, cotangent));
}

/** One block with normalisation in front of each half: [batch, tokens, width]. */
function transformer<T>(
  ops: Ops<T>,
  parameters: readonly T[],
  [x, cotangent]: readonly T[],
  heads: number,
): T {
  const [norm1, shift1, query, queryBias, key, keyBias, value, valueBias, ...later] = parameters;
  const [out, outBias, norm2, shift2, widen, widenBias, narrow, narrowBias] = later;
  const { batch, tokens, width } = transformerShape;
  const intoHeads = (y: T): T =>
    ops.permute(ops.reshape(y, [batch, tokens, heads, width / heads]), [0, 2, 1, 3]);
  const normal = ops.layerNorm(x, norm1, shift1);
  const q = intoHeads(ops.linear(normal, query, queryBias));
  const k = intoHeads(ops.linear(normal, key, keyBias));
  const v = intoHeads(ops.linear(normal, value, valueBias));
  const weights = ops.softmax(ops.scale(ops.matmul(q, k, false, true), 1 / Math.sqrt(width / heads)));
  const joined = ops.reshape(ops.permute(ops.matmul(weights, v), [0, 2, 1, 3]), [batch, tokens, width]);
  const attended = ops.add(x, ops.linear(joined, out, outBias));
  const inner = ops.gelu(ops.linear(ops.layerNorm(attended, norm2, shift2), widen, widenBias));
  return ops.sum(ops.mul(ops.add(attended, ops.linear(inner, narrow, narrowBias)), cotangent));
}

export const transformerShape = { batch: 8, tokens: 64, width: 128, inner: 512 } as const;
