import { transformerShape } from "./programs.ts";
import {
  constant,
  data,
  filter,
  type Input,
  labels,
  parameter,
  type Target,
  type Workload,
  weight,
} from "./workload.ts";

const layouts = { NN: [false, false], NT: [false, true], TN: [true, false], TT: [true, true] } as const;

/** Named by which operands are stored transposed. */
function matmul(size: number, layout: keyof typeof layouts, dtype: "f32" | "f64", target: Target): Workload {
  const [transposeA, transposeB] = layouts[layout];
  return {
    name: `matmul-${size}-${layout}${dtype === "f64" ? "-f64" : ""}`,
    task: "value",
    program: { kind: "matmul", transposeA, transposeB },
    inputs: [data([size, size], 1, dtype), data([size, size], 1, dtype)],
    target,
    flops: 2 * size ** 3,
    quick: size === 512 && (layout === "NN" || layout === "TN") && dtype === "f32",
  };
}

const count = 1_000_000;

function elementwise(op: "exp" | "tanh" | "sigmoid" | "gelu", task: "value" | "gradient"): Workload {
  return {
    name: task === "value" ? op : `${op}-gradient`,
    task,
    program: { kind: "elementwise", op },
    inputs: [task === "value" ? data([count], 4) : parameter([count], 4)],
    target: { javascript: 4, pytorch: op === "tanh" ? 1.3 : 2.5 },
    quick: op === "tanh",
  };
}

const dense = (inputs: number, outputs: number): Input[] => [
  weight(inputs, outputs),
  parameter([outputs], 0.1),
];

function mlp(
  name: string,
  widths: readonly number[],
  batch: number,
  activation: "relu" | "tanh",
  target: Target,
): Workload {
  const classes = widths[widths.length - 1];
  const loss = classes === 1 ? "mse" : "crossEntropy";
  const wanted = classes === 1 ? data([batch, 1]) : labels(batch, classes);
  return {
    name,
    task: "train",
    program: { kind: "mlp", activation, loss },
    inputs: [
      ...widths.slice(1).flatMap((outputs, k) => dense(widths[k], outputs)),
      data([batch, widths[0]]),
      wanted,
    ],
    target,
    quick: true,
  };
}

const { batch, tokens, width, inner } = transformerShape;
const norm = [parameter([width], 1), parameter([width], 0.1)];
const steps = 50;

export const workloads: readonly Workload[] = [
  ...[256, 512, 1024].flatMap((size) =>
    (["NN", "NT", "TN", "TT"] as const).map((layout) =>
      matmul(size, layout, "f32", { javascript: 1.3, pytorch: 1 / 0.4 }),
    ),
  ),
  matmul(512, "NN", "f64", { javascript: 3 }),
  ...(["exp", "tanh", "sigmoid", "gelu"] as const).flatMap((op) => [
    elementwise(op, "value"),
    elementwise(op, "gradient"),
  ]),
  mlp("mlp-784-256-128-10", [784, 256, 128, 10], 64, "relu", { javascript: 2.5, pytorch: 2.2, threads: 3.5 }),
  mlp("mlp-50-tanh-128", [...Array(51).fill(128), 10], 64, "tanh", { javascript: 3.5, pytorch: 1.5 }),
  mlp("mlp-7-tanh-16", [...Array(8).fill(16), 10], 8, "tanh", { javascript: 8, pytorch: 1 / 3 }),
  mlp("mlp-2-16-1", [2, 16, 1], 4, "tanh", { javascript: 2, pytorch: 1 / 5 }),
  {
    name: "cnn-lenet",
    task: "train",
    program: { kind: "cnn" },
    inputs: [
      filter([8, 1, 5, 5]),
      parameter([8], 0.1),
      filter([16, 8, 5, 5]),
      parameter([16], 0.1),
      ...dense(256, 10),
      data([32, 1, 28, 28]),
      labels(32, 10),
    ],
    target: { javascript: 2, pytorch: 2.5 },
    quick: false,
  },
  {
    name: "lstm-64",
    task: "gradient",
    program: { kind: "lstm", steps },
    inputs: [
      parameter([64, 256], 0.2),
      parameter([64, 256], 0.2),
      parameter([256], 0.2),
      data([steps, 16, 64]),
      data([16, 64]),
      data([16, 64]),
      data([16, 64]),
    ],
    target: { javascript: 3, pytorch: 1.5 },
    quick: false,
  },
  {
    name: "transformer-block",
    task: "gradient",
    program: { kind: "transformer", heads: 4 },
    inputs: [
      ...norm,
      ...Array.from({ length: 4 }, () => dense(width, width)).flat(),
      ...norm,
      ...dense(width, inner),
      ...dense(inner, width),
      data([batch, tokens, width]),
      data([batch, tokens, width], 0.01),
    ],
    target: { javascript: 2, pytorch: 2.5 },
    quick: false,
  },
  {
    name: "chain-20000",
    task: "gradient",
    program: { kind: "chain", pairs: 10_000 },
    inputs: [parameter([], 1), constant([], 0.9999), constant([], 1e-4)],
    target: { javascript: 3, pytorch: 1 / 8 },
    quick: true,
  },
  {
    name: "softmax-cross-entropy",
    task: "gradient",
    program: { kind: "crossEntropy" },
    inputs: [parameter([256, 10_000], 4), labels(256, 10_000)],
    target: { javascript: 4, pytorch: 1.5 },
    quick: false,
  },
];
