import { Generator, mul, randn, relu, sum, tanh } from "@isograd/autograd";
import { gradientLaw, lint, meanField, residualFlow } from "@isograd/diagnostics";
import { ActivationLayer, Conv2d, heNormal, Sequential, zeros } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { profileOf } from "../../src/flow/flow.ts";
import { trace } from "../../src/trace/trace.ts";

// What theory says of infinite width, in wide networks that are drawn here by plain loops.

type Curve = (x: number) => number;

/** W φ(x) + b for each input, with one draw of W and b. */
function layer(
  inputs: readonly Float64Array[],
  f: Curve,
  [weightVariance, biasVariance]: readonly [number, number],
  generator: Generator,
): Float64Array[] {
  const width = inputs[0].length;
  const active = inputs.map((x) => x.map(f));
  const [row, biases] = [new Float64Array(width), new Float64Array(width)];
  generator.fillNormal(biases);
  const results = inputs.map(() => new Float64Array(width));
  for (let unit = 0; unit < width; unit++) {
    generator.fillNormal(row);
    active.forEach((x, k) => {
      let sum = 0;
      for (let from = 0; from < width; from++) sum += row[from] * x[from];
      results[k][unit] = Math.sqrt(weightVariance / width) * sum + Math.sqrt(biasVariance) * biases[unit];
    });
  }
  return results;
}

const product = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, each, k) => sum + each * b[k], 0) / a.length;

describe("correlated inputs", () => {
  it.each([
    ["tanh", tanh, Math.tanh, 6, 0.05, 0.9],
    ["ReLU", relu, (x: number) => Math.max(0, x), 1.6, 0.1, 0.6],
  ] as const)(
    "drift to or from each other as the map says: %s",
    (_, activation, f, weightVariance, biasVariance, start) => {
      const { facts } = activation;
      const { q } = meanField(activation, { weightVariance, biasVariance });
      const [width, depth, draws, scale] = [200, 4, 6, Math.sqrt(q)];
      const means = new Float64Array(depth);
      for (let draw = 0; draw < draws; draw++) {
        const generator = new Generator(draw).fork("correlated");
        const [first, other] = [new Float64Array(width), new Float64Array(width)];
        generator.fillNormal(first);
        generator.fillNormal(other);
        let inputs: Float64Array[] = [
          first.map((x) => scale * x),
          first.map((x, k) => scale * (start * x + Math.sqrt(1 - start * start) * other[k])),
        ];
        for (let k = 0; k < depth; k++) {
          inputs = layer(inputs, f, [weightVariance, biasVariance], generator);
          const [a, b] = inputs;
          means[k] += product(a, b) / Math.sqrt(product(a, a) * product(b, b)) / draws;
        }
      }
      let c: number = start;
      for (const mean of means) {
        c = facts.correlationMap(c, q, weightVariance, biasVariance);
        expect(Math.abs(mean - c)).toBeLessThan(0.06);
      }
      expect(Math.abs(c - start)).toBeGreaterThan(0.12);
    },
  );
});

describe("residual blocks", () => {
  it("make the stream grow as predicted", () => {
    const generator = new Generator("stream");
    const [width, blocks, scale] = [400, 6, 0.8];
    const { lengths } = residualFlow(tanh, { weightVariance: 1.5, biasVariance: 0.1, blocks, scale });
    let stream: Float64Array = new Float64Array(width);
    generator.fillNormal(stream);
    stream = stream.map((x) => x / Math.sqrt(product(stream, stream)));
    for (let block = 0; block < blocks; block++) {
      const [branch] = layer([stream], Math.tanh, [1.5, 0.1], generator);
      stream = stream.map((x, k) => x + scale * branch[k]);
      expect(Math.abs(product(stream, stream) / lengths[block + 1] - 1)).toBeLessThan(0.15);
    }
  });
});

describe("convolutions", () => {
  it("have the fan-in of channels times window, and keep the gradient at 2 over it", () => {
    const [channels, depth, window, draws] = [16, 5, 3, 5];
    let mean = 0;
    for (let seed = 0; seed < draws; seed++) {
      const generator = new Generator(seed).fork("convolutions");
      const body = Array.from({ length: depth }, () => [
        new Conv2d({
          inChannels: channels,
          outChannels: channels,
          kernelSize: window,
          weightInit: heNormal(),
          biasInit: zeros,
          generator,
        }),
        new ActivationLayer(relu),
      ]);
      const model = new Sequential(body.flat());
      const shape = [2, channels, 12, 12];
      const { layers } = lint(model, shape, { seed });
      for (const { fanIn, weightVariance, chi } of layers.slice(1)) {
        expect(fanIn).toBe(channels * window * window);
        expect(Math.abs(weightVariance / 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / (fanIn * channels)));
        expect(chi).toBeCloseTo(weightVariance / 2, 12);
      }
      const inputs = randn(generator, shape);
      const probe = randn(generator, [2, channels, 2, 2]);
      const traced = trace({ model, batch: { inputs, targets: inputs }, loss: (y) => sum(mul(y, probe)) });
      mean += (2 * Math.log(profileOf(traced, null).totalFactor)) / draws;
    }
    // Without padding all that comes down lands on some position: 2/(channels · window²) keeps |gradient|².
    const law = gradientLaw(
      Array.from({ length: depth - 1 }, () => channels),
      relu,
    );
    expect(Math.abs(mean)).toBeLessThan((3 * law.deviation) / Math.sqrt(draws));
  });
});
