import {
  add,
  Generator,
  IsogradError,
  indexSelect,
  mul,
  noGrad,
  randn,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import type { Finding } from "../../finding.ts";
import { sumOfSquares } from "../../statistics.ts";
import type { SyntheticPass } from "../synthetic.ts";
import { constantOutput } from "./output.ts";

/**
 * Outputs that are the same for all examples, whatever the weights and whatever the examples: something between wipes out what sets them apart.
 *
 * What begins at zero, such as a head or a residual branch, gives other outputs with other weights, and is as it should be.
 */
export function lintConstant(pass: SyntheticPass, place: string, targets: Tensor | undefined): Finding[] {
  if (isOneForAll(pass, targets))
    return [
      constantOutput(pass.output, place, {
        consequence: "one output stands against the targets of all examples: what sets them apart is lost",
        explanation: `the output has the shape [${pass.output.shape.join(", ")}], and the targets [${targets?.shape.join(", ")}]: something takes a mean or a sum over the batch`,
        disproof: "a loss that takes the output as one of all examples together",
      }),
    ];
  return isConstant(pass)
    ? [
        constantOutput(pass.output, place, {
          consequence:
            "the output is the same for every input, with other weights as well: nothing can be learnt but one output for all",
          explanation:
            "nothing that sets examples apart reaches the output: look for what is multiplied by zero, replaced, or averaged over the batch on the way",
          disproof: "an input for which the output is another",
        }),
      ]
    : [];
}

/** Whether there is one output, and as many targets as examples. */
function isOneForAll({ inputs, output }: SyntheticPass, targets: Tensor | undefined): boolean {
  if (targets === undefined || inputs.shape[0] === 1) return false;
  const [one, all] = [output.shape, targets.shape];
  return (
    one.length === all.length &&
    one[0] === 1 &&
    all[0] === inputs.shape[0] &&
    one.every((extent, axis) => axis === 0 || extent === all[axis])
  );
}

function isConstant({ inputs, output, traced, outputFor }: SyntheticPass): boolean {
  const others = otherExamples(inputs);
  const isAlike = (extent: number, axis: number): boolean =>
    extent === inputs.shape[0] && isSameAlong(output, axis);
  if (others === null || !output.shape.some(isAlike)) return false;
  const leaves = traced.leaves.map(({ tensor: leaf }) => ({ leaf, before: leaf.detach() }));
  try {
    return [unchanged, disturbed, redrawn].every((change, k) => {
      const generator = new Generator(0).fork(`weights ${k}`);
      for (const { leaf, before } of leaves) leaf.assign(noGrad(() => change(before, generator)));
      return isSame(outputFor(inputs), outputFor(others));
    });
  } catch (error) {
    // What does not take other weights or examples says nothing.
    if (error instanceof IsogradError) return false;
    throw error;
  } finally {
    for (const { leaf, before } of leaves) leaf.assign(before);
  }
}

/** The later examples, backwards and each twice, so that means over the batch change as well; null where that makes no difference. */
function otherExamples(inputs: Tensor): Tensor | null {
  if (inputs.rank === 0) return null;
  const last = inputs.shape[0] - 1;
  const order = Int32Array.from({ length: last + 1 }, (_, k) => last - Math.floor(k / 2));
  const others = noGrad(() => indexSelect(inputs, 0, tensor(order)));
  return isSame(inputs, others) ? null : others;
}

const draw = (generator: Generator, { shape, dtype }: Tensor): Tensor =>
  randn(generator, shape, dtype as "f32" | "f64");

const unchanged = (before: Tensor): Tensor => before;

/** As they are, but for noise as large as half of them. */
const disturbed = (before: Tensor, generator: Generator): Tensor =>
  add(before, mul(draw(generator, before), 0.1 + Math.sqrt(sumOfSquares(before) / before.size) / 2));

/** Drawn as for ReLU; what is no matrix, small. */
function redrawn(before: Tensor, generator: Generator): Tensor {
  const fanIn = before.rank < 2 ? 200 : before.size / before.shape[0];
  return mul(draw(generator, before), Math.sqrt(2 / fanIn));
}

/** In units of what an element type resolves: what a sum in another order may come to. */
const rounding = { f32: 16 * 2 ** -23, f64: 16 * 2 ** -52 } as const;

/** Whether all numbers of two tensors of one shape are finite and alike, to rounding. */
function isSame(a: Tensor, b: Tensor): boolean {
  const [x, y] = [a.values(), b.values()];
  const most = (a.dtype === "f64" ? rounding.f64 : rounding.f32) * Math.sqrt(sumOfSquares(a) / a.size);
  return x.length === y.length && x.every((value, k) => Math.abs(value - y[k]) <= most);
}

/** Whether all slices along an axis are the same. */
const isSameAlong = (x: Tensor, axis: number): boolean =>
  isSame(
    x,
    noGrad(() => indexSelect(x, axis, tensor(new Int32Array(x.shape[axis])))),
  );
