import { readFileSync } from "node:fs";
import { backward, mul, relu, sigmoid, square, sum, tensor } from "@isograd/autograd";
import "@isograd/diagnostics/vitest";
import { crossEntropy, SGD, fit as train } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { classes } from "../networks/data.ts";
import { plain } from "../networks/plain.ts";

const batch = classes({ seed: "matchers" });
const healthy = () => plain({ width: 16, depth: 3, activation: relu, weights: 2, seed: "matchers" });
const vanishing = () => plain({ width: 16, depth: 10, activation: sigmoid, weights: 1, seed: "matchers" });
const judged = { batch, loss: crossEntropy, redraws: 0 };

/** What `expect` throws. */
async function failure(expectation: () => unknown): Promise<string> {
  try {
    await expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the expectation was met");
}

describe("toHaveHealthyGradients", () => {
  it("passes where the diagnosis is healthy, and fails with its text where not", async () => {
    expect(healthy()).toHaveHealthyGradients(judged);
    expect(vanishing()).not.toHaveHealthyGradients(judged);
    expect(await failure(() => expect(vanishing()).toHaveHealthyGradients(judged))).toMatch(
      /^expected healthy gradients\nverdict: vanishing · [\s\S]*alarm: vanishing in layers\.0 … [\s\S]*disproved by: /,
    );
    expect(await failure(() => expect(healthy()).not.toHaveHealthyGradients(judged))).toMatch(
      /^expected gradients that are not healthy\nverdict: healthy/,
    );
  });

  it("takes any function of tensors, and says what is none", async () => {
    const model = healthy();
    expect((inputs: typeof batch.inputs) => model.call(inputs)).toHaveHealthyGradients(judged);
    expect(await failure(() => expect(3).toHaveHealthyGradients(judged))).toMatch(/^diagnose: /);
  });
});

const trainingOf = (model = healthy(), steps = 6) => ({
  model,
  data: Array.from({ length: steps }, () => batch),
  loss: crossEntropy,
  optimizer: new SGD(model.parameters(), { learningRate: 0.01 }),
});

describe("toTrainHealthily", () => {
  it("passes where nothing is found, however the training is given", async () => {
    await expect(trainingOf()).toTrainHealthily();
    await expect(() => train(trainingOf())).toTrainHealthily({ unitsEvery: 5 });
    await expect(() =>
      backward(crossEntropy(healthy().call(batch.inputs), batch.targets)),
    ).toTrainHealthily();
    async function* data() {
      yield batch;
      yield batch;
    }
    await expect({ ...trainingOf(), data: data() }).toTrainHealthily();
  });

  it("trains: the model is what it would be without", async () => {
    const [watched, alone] = [trainingOf(), trainingOf()];
    await expect(watched).toTrainHealthily();
    for (let step = 0; step < 6; step++) {
      alone.optimizer.zeroGrad();
      backward(crossEntropy(alone.model.call(batch.inputs), batch.targets));
      alone.optimizer.step();
    }
    for (const [k, parameter] of watched.model.parameters().entries())
      expect(parameter.toArray()).toEqual(alone.model.parameters()[k].toArray());
  });

  it("fails with what was found, and when", async () => {
    await expect(trainingOf(vanishing(), 1)).not.toTrainHealthily();
    expect(await failure(() => expect(trainingOf(vanishing(), 1)).toTrainHealthily())).toMatch(
      /^expected healthy training in 1 step\n\nstep 0: alarm: vanishing in layers\.0 … /,
    );
    expect(await failure(() => expect(trainingOf()).not.toTrainHealthily())).toBe(
      "expected a training that is not healthy: nothing was found in 6 steps",
    );
  });

  it("names the operation that a value that is not finite comes from", async () => {
    const training = trainingOf(healthy(), 3);
    const loss: typeof crossEntropy = (output, targets) => mul(crossEntropy(output, targets), Infinity);
    expect(await failure(() => expect({ ...training, loss }).toTrainHealthily())).toContain(
      "first at the gradient of mul",
    );
  });

  it("a training that ends with an error shows it behind what was found before, else throws it", async () => {
    const breaking = () => {
      const x = tensor([1], { requiresGrad: true });
      backward(sum(mul(square(x), Number.NaN)));
      throw new RangeError("no more");
    };
    expect(await failure(() => expect(breaking).toTrainHealthily())).toMatch(
      /step 0: alarm: nonFinite[\s\S]*\n\nit ended with RangeError: no more$/,
    );
    const broken = () => Promise.reject(new RangeError("at once"));
    expect(await failure(() => expect(broken).toTrainHealthily())).toBe("at once");
  });

  it("wants a training, with a step", async () => {
    expect(await failure(() => expect(3).toTrainHealthily())).toMatchInlineSnapshot(
      `"toTrainHealthily: expected a function that trains, or { model, data, loss, optimizer }, got 3"`,
    );
    expect(await failure(() => expect(() => {}).toTrainHealthily())).toMatchInlineSnapshot(
      `"toTrainHealthily: expected a training that takes a step: that calls backward, once at least, got () => {}"`,
    );
    expect(await failure(() => expect(() => {}).not.toTrainHealthily())).toContain("takes a step");
  });

  it("watches no longer than the training lasts", async () => {
    const findings: unknown[] = [];
    await expect(trainingOf()).toTrainHealthily({ onFinding: (each) => findings.push(each) });
    backward(mul(crossEntropy(healthy().call(batch.inputs), batch.targets), Number.NaN));
    expect(findings).toEqual([]);
  });
});

it("the main entry pulls in neither vitest nor what is Node's", () => {
  const open = [new URL("../../src/index.ts", import.meta.url).href];
  const external = new Set<string>();
  for (const file of open)
    for (const [, name] of readFileSync(new URL(file), "utf8").matchAll(
      /^(?:import|export|\}) (?:.*from )?"([^"]+)";$/gm,
    )) {
      const next = new URL(name, file).href;
      if (!name.startsWith(".")) external.add(name);
      else if (!open.includes(next)) open.push(next);
    }
  expect(open.length).toBeGreaterThan(40);
  expect([...external]).toEqual(["@isograd/autograd"]);
});
