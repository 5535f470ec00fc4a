import type { Generator } from "@isograd/autograd";
import type { AnyActivation } from "../../src/trace/network.ts";

export interface Simulation {
  /** Null: a linear network. */
  readonly activation: AnyActivation | null;
  readonly weightVariance: number;
  /** Default 0. */
  readonly biasVariance?: number;
  /** The mean square of the first pre-activations; default 1. */
  readonly q?: number;
  readonly width: number;
  readonly depth: number;
  readonly draws: number;
  readonly generator: Generator;
}

/** log(|g_0|²/|g_L|²) of random networks in plain loops: one input, a random gradient at the top. */
export function simulate({
  activation,
  weightVariance,
  biasVariance = 0,
  q = 1,
  width,
  depth,
  draws,
  generator,
}: Simulation): number[] {
  const { value, slope } = curveOf(activation);
  const weights = new Float64Array(depth * width * width);
  const deviation = Math.sqrt(weightVariance / width);
  const draw = (size: number): Float64Array => {
    const values = new Float64Array(size);
    generator.fillNormal(values);
    return values;
  };
  return Array.from({ length: draws }, () => {
    generator.fillNormal(weights);
    let signal = draw(width).map((each) => Math.sqrt(q) * each);
    const slopes: Float64Array[] = [];
    for (let layer = 0; layer < depth; layer++) {
      slopes.push(signal.map(slope));
      const inputs = signal.map(value);
      signal = draw(width).map((each) => Math.sqrt(biasVariance) * each);
      for (let to = 0, at = layer * width * width; to < width; to++)
        for (let from = 0; from < width; from++) signal[to] += deviation * weights[at++] * inputs[from];
    }
    let gradient = draw(width);
    const top = squareOf(gradient);
    for (let layer = depth - 1; layer >= 0; layer--) {
      const back = new Float64Array(width);
      for (let to = 0, at = layer * width * width; to < width; to++)
        for (let from = 0; from < width; from++) back[from] += deviation * weights[at++] * gradient[to];
      gradient = back.map((each, k) => each * slopes[layer][k]);
    }
    return Math.log(squareOf(gradient) / top);
  });
}

const squareOf = (x: Float64Array): number => x.reduce((sum, each) => sum + each * each, 0);

/** By hand: nothing of what is tested. */
function curveOf(activation: AnyActivation | null) {
  if (activation === null) return { value: (x: number) => x, slope: () => 1 };
  if (activation.name === "tanh") return { value: Math.tanh, slope: (x: number) => 1 - Math.tanh(x) ** 2 };
  return { value: (x: number) => Math.max(x, 0), slope: (x: number) => (x > 0 ? 1 : 0) };
}
