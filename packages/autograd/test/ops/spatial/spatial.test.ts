import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  avgPool2d,
  backward,
  conv2d,
  maxPool2d,
  parameter,
  sum,
  type Tensor,
  tensor,
  windows,
  zeros,
} from "../../../src/index.ts";
import { padImage } from "../../../src/ops/spatial/convolution.ts";
import { numbers } from "../../laws/samples.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Case {
  readonly operation: "conv2d" | "maxPool2d" | "avgPool2d";
  readonly options: Readonly<Record<string, number | readonly number[]>>;
  readonly inputs: readonly Numbers[];
  readonly output: Numbers;
  readonly cotangent: Numbers;
  readonly gradients: readonly Numbers[];
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL("../../reference/spatial.json", import.meta.url), "utf8"),
);
const read = ({ shape, data }: Numbers): Tensor => tensor(Float64Array.from(data), { shape });

function run({ operation, options }: Case, [x, weight, bias]: readonly Tensor[]): Tensor {
  if (operation === "conv2d") return conv2d(x, weight, bias, options as never);
  return (operation === "maxPool2d" ? maxPool2d : avgPool2d)(x, options.size, options);
}

function expectClose(x: Tensor | null, expected: Numbers): void {
  expect(x?.shape).toEqual(expected.shape);
  (x as Tensor).values().forEach((value, k) => {
    expect(value).toBeCloseTo(expected.data[k], 11);
  });
}

describe("PyTorch's values and gradients", () => {
  it.each(cases.map((each, k) => [`${k} ${each.operation} ${JSON.stringify(each.options)}`, each] as const))(
    "%s",
    (_, each) => {
      const inputs = each.inputs.map((x) => parameter(read(x)));
      const output = run(each, inputs);
      expectClose(output, each.output);
      backward(output, { cotangent: read(each.cotangent) });
      each.gradients.forEach((gradient, k) => {
        expectClose(inputs[k].grad, gradient);
      });
    },
  );
});

describe("conv2d", () => {
  it("agrees with seven loops", () => {
    const [x, w] = [numbers([2, 4, 5, 4]), numbers([6, 2, 2, 3])];
    const [stride, padding, dilation, groups] = [[2, 1], [1, 2], [2, 1], 2];
    const y = conv2d(x, w, null, { stride, padding, dilation, groups });
    const at = (t: Tensor, ...place: number[]): number =>
      place.some((p, axis) => p < 0 || p >= t.shape[axis])
        ? 0
        : t.data[place.reduce((sum, p, axis) => sum + p * t.strides[axis], t.offset)];
    for (let n = 0; n < y.shape[0]; n++)
      for (let f = 0; f < y.shape[1]; f++)
        for (let i = 0; i < y.shape[2]; i++)
          for (let j = 0; j < y.shape[3]; j++) {
            let total = 0;
            for (let c = 0; c < 2; c++)
              for (let p = 0; p < 2; p++)
                for (let q = 0; q < 3; q++) {
                  const channel = Math.floor(f / 3) * 2 + c;
                  const [row, column] = [
                    i * stride[0] + p * dilation[0] - padding[0],
                    j * stride[1] + q * dilation[1] - padding[1],
                  ];
                  total += at(w, f, c, p, q) * at(x, n, channel, row, column);
                }
            expect(at(y, n, f, i, j)).toBeCloseTo(total, 12);
          }
  });

  it("takes empty batches", () => {
    expect(conv2d(zeros([0, 1, 3, 3]), zeros([2, 1, 2, 2])).shape).toEqual([0, 2, 2, 2]);
  });
});

describe("windows", () => {
  it("are views that slide", () => {
    const x = tensor([0, 1, 2, 3, 4, 5]);
    expect(windows(x, [0], [2], { stride: 2 }).toArray()).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(windows(x, [-1], [2], { stride: 3, dilation: 2 }).toArray()).toEqual([
      [0, 2],
      [3, 5],
    ]);
    expect(windows(x, [0], [6]).data).toBe(x.data);
  });

  it("put their own axes behind, in the order asked for", () => {
    expect(windows(zeros([2, 5, 7, 3]), [2, 1], [3, 2]).shape).toEqual([2, 4, 5, 3, 3, 2]);
  });

  it("count an element in the gradient as often as it is seen", () => {
    const x = parameter([1, 1, 1, 1]);
    backward(sum(windows(x, [0], [2])));
    expect(x.grad?.toArray()).toEqual([1, 2, 2, 1]);
  });
});

describe("pooling", () => {
  it("sends the gradient to the first of equals, and lets padding lose", () => {
    const x = parameter(
      tensor([
        [
          [
            [-1, -1],
            [-1, -2],
          ],
        ],
      ]),
    );
    const y = maxPool2d(x, 2, { padding: 1 });
    expect(y.toArray()).toEqual([
      [
        [
          [-1, -1],
          [-1, -2],
        ],
      ],
    ]);
    backward(sum(maxPool2d(x, 2)));
    expect(x.grad?.toArray()).toEqual([
      [
        [
          [1, 0],
          [0, 0],
        ],
      ],
    ]);
  });

  it("counts padding as zeros in the mean", () => {
    expect(avgPool2d(tensor([[[[4]]]]), 2, { padding: 1, stride: 1 }).toArray()).toEqual([
      [
        [
          [1, 1],
          [1, 1],
        ],
      ],
    ]);
  });

  it("keeps NaN", () => {
    const x = tensor([
      [
        [
          [1, Number.NaN],
          [3, 4],
        ],
      ],
    ]);
    expect(maxPool2d(x, 2).item()).toBeNaN();
    expect(avgPool2d(x, 2).item()).toBeNaN();
  });
});

it("pads images on both sides of both axes", () => {
  expect(padImage("test", tensor([[[[1]]]]), [1, 0], 9).toArray()).toEqual([[[[9], [1], [9]]]]);
  expect(() => padImage("test", zeros([1, 1, 1, 1]), -1, 0)).toThrow("test: expected a padding");
  expect(() => padImage("test", zeros([1, 1, 1, 1]), [1], 0)).toThrow("test: expected a padding");
});
