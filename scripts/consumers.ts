/** A program that somebody who installed the packages might write. */
export interface Consumer {
  readonly name: string;
  /** The packages it installs, and no others. */
  readonly installs: readonly string[];
  /** Libraries of others that it installs, at the version of this workspace. */
  readonly needs?: readonly string[];
  /** It is a test: vitest runs it, and not Node. */
  readonly isTest?: boolean;
  /** Local name to module; each must export something. */
  readonly imports: Readonly<Record<string, string>>;
  /** Statements that are JavaScript and strict TypeScript at once and throw if something is wrong. */
  readonly body: string;
}

export const consumers: readonly Consumer[] = [
  {
    name: "autograd",
    installs: ["@isograd/autograd"],
    imports: { autograd: "@isograd/autograd" },
    body: `
      const { tensor, mul, sum, grad } = autograd;
      const gradient = grad((x) => sum(mul(x, x)))(tensor([1, 2, 3])).toArray();
      if (String(gradient) !== "2,4,6") throw new Error("expected 2,4,6, got " + gradient);
    `,
  },
  {
    name: "autograd with methods",
    installs: ["@isograd/autograd"],
    imports: { fluent: "@isograd/autograd/fluent" },
    body: `
      const x = fluent.parameter([1, -2]);
      x.relu().square().sum().backward();
      if (String(x.grad?.toArray()) !== "2,0") throw new Error("expected 2,0, got " + x.grad);
    `,
  },
  {
    name: "autograd with a native BLAS, where there is one",
    installs: ["@isograd/autograd"],
    needs: ["koffi"],
    imports: { autograd: "@isograd/autograd", blas: "@isograd/autograd/blas" },
    body: `
      const { matmul, ones, sum } = autograd;
      const info = blas.blasInfo();
      if (!info.isOn && info.reason.includes("koffi")) throw new Error(info.reason);
      const total = sum(matmul(ones([30, 40]), ones([40, 20]))).item();
      if (total !== 24000) throw new Error("expected 24000, got " + total);
    `,
  },
  {
    name: "autograd without koffi",
    installs: ["@isograd/autograd"],
    imports: { autograd: "@isograd/autograd", blas: "@isograd/autograd/blas" },
    body: `
      const { matmul, ones, sum } = autograd;
      const info = blas.blasInfo();
      if (info.isOn || !info.reason.includes("npm i koffi")) throw new Error("expected koffi to be missing");
      const total = sum(matmul(ones([30, 40]), ones([40, 20]))).item();
      if (total !== 24000) throw new Error("expected 24000, got " + total);
    `,
  },
  {
    name: "nn",
    installs: ["@isograd/autograd", "@isograd/nn"],
    imports: {
      autograd: "@isograd/autograd",
      nn: "@isograd/nn",
      formats: "@isograd/nn/formats",
      node: "@isograd/nn/node",
      progress: "@isograd/nn/progress",
    },
    body: `
      const { Adam, ActivationLayer, crossEntropy, Linear, Sequential } = nn;
      const model = new Sequential([
        new Linear({ inFeatures: 2, outFeatures: 16 }),
        new ActivationLayer(autograd.tanh),
        new Linear({ inFeatures: 16, outFeatures: 2 }),
      ]);
      const inputs = autograd.tensor([[0, 0], [0, 1], [1, 0], [1, 1]]);
      const targets = autograd.tensor([0, 1, 1, 0], { dtype: "i32" });
      const optimizer = new Adam(model.parameters(), { learningRate: 0.05 });
      let loss = Infinity;
      for (let step = 0; step < 200; step++) {
        optimizer.zeroGrad();
        const value = crossEntropy(model.call(inputs), targets);
        autograd.backward(value);
        optimizer.step();
        loss = value.item();
      }
      if (!(loss < 0.1)) throw new Error("expected exclusive or to be learnt, the loss is " + loss);
      const table = formats.readCsv("x,kind\\n1,b\\n2,a\\n").select({ inputs: ["x"], targets: "kind" });
      node.saveNpz("table.npz", table, { compress: true });
      const labels = node.loadNpz("table.npz").targets?.toArray();
      if (String(labels) !== "1,0") throw new Error("expected 1,0, got " + labels);
      node.saveSafetensors("model.safetensors", nn.stateDict(model));
      const { missing } = nn.loadStateDict(model, node.loadSafetensors("model.safetensors").tensors);
      if (missing.length > 0) throw new Error("expected all of the model to be saved, not " + missing);
    `,
  },
  {
    name: "diagnostics without nn",
    installs: ["@isograd/autograd", "@isograd/diagnostics"],
    imports: { autograd: "@isograd/autograd", diagnostics: "@isograd/diagnostics" },
    body: `
      const { Generator, matmul, mean, mul, parameter, randn, sigmoid, square } = autograd;
      const generator = new Generator(1);
      const weights = Array.from({ length: 12 }, () => parameter(mul(randn(generator, [16, 16]), 0.25)));
      const inputs = randn(generator, [32, 16]);
      const { verdict } = diagnostics.diagnose(
        (x) => weights.reduce((signal, weight) => sigmoid(matmul(signal, weight)), x),
        { inputs, targets: inputs },
        (output) => mean(square(output)),
      );
      if (verdict !== "vanishing") throw new Error("expected vanishing gradients, got " + verdict);
    `,
  },
  {
    name: "diagnostics with nn",
    installs: ["@isograd/autograd", "@isograd/nn", "@isograd/diagnostics"],
    imports: {
      autograd: "@isograd/autograd",
      nn: "@isograd/nn",
      diagnostics: "@isograd/diagnostics",
      remedies: "@isograd/diagnostics/nn",
    },
    body: `
      const { ActivationLayer, Adam, Linear, mseLoss, Sequential } = nn;
      const layers = Array.from({ length: 12 }, () => [new Linear({ inFeatures: 16, outFeatures: 16 }), new ActivationLayer(autograd.sigmoid)]);
      const model = new Sequential(layers.flat());
      const inputs = autograd.randn(new autograd.Generator(1), [32, 16]);
      const batch = { inputs, targets: inputs };
      const diagnosis = diagnostics.diagnose(model, batch, mseLoss);
      const verified = remedies.verifyRemedies(model, batch, mseLoss, diagnosis, {
        optimizer: (treatment) => new Adam(treatment.model.parameters(), { learningRate: 0.001 }),
        batches: [batch, batch, batch],
      });
      if (!verified[0].passed) throw new Error("expected a remedy for " + diagnosis.verdict);
    `,
  },
  {
    name: "diagnostics to files, without nn",
    installs: ["@isograd/autograd", "@isograd/diagnostics"],
    imports: {
      autograd: "@isograd/autograd",
      diagnostics: "@isograd/diagnostics",
      files: "@isograd/diagnostics/node",
    },
    body: `
      const { backward, parameter, square } = autograd;
      const [lines, board] = [new files.JsonLinesFile("run.jsonl"), new files.TensorBoardWriter("runs/first")];
      const watcher = diagnostics.watch({ logs: [lines, board] });
      backward(square(parameter(2)));
      watcher.stop();
      lines.close();
      board.close();
      const { history } = files.loadRun("run.jsonl");
      const last = history[history.length - 1]; // the file is written on from run to run
      if (last?.gradientNorm !== 4) throw new Error("expected a gradient of 4, got " + last?.gradientNorm);
    `,
  },
  {
    name: "autograd with fast-check",
    installs: ["@isograd/autograd"],
    needs: ["fast-check"],
    imports: { fc: "fast-check", autograd: "@isograd/autograd", arbitraries: "@isograd/autograd/fast-check" },
    body: `
      const sums = fc.property(arbitraries.tensors(arbitraries.shapes()), (x) => autograd.sum(x).size === 1);
      fc.assert(sums, { numRuns: 20, seed: 1 });
    `,
  },
  {
    name: "autograd in tests",
    installs: ["@isograd/autograd"],
    needs: ["vitest"],
    isTest: true,
    imports: { vitest: "vitest", autograd: "@isograd/autograd", matchers: "@isograd/autograd/vitest" },
    body: `
      const point = autograd.tensor([0.5, 2], { dtype: "f64" });
      vitest.it("checks gradients", () => {
        vitest.expect(autograd.sin).toHaveCorrectGradients(point);
        vitest.expect(autograd.exp(point)).toBeCloseToTensor([Math.exp(0.5), Math.exp(2)]);
      });
    `,
  },
  {
    name: "diagnostics in tests",
    installs: ["@isograd/autograd", "@isograd/diagnostics"],
    needs: ["vitest"],
    isTest: true,
    imports: { vitest: "vitest", autograd: "@isograd/autograd", matchers: "@isograd/diagnostics/vitest" },
    body: `
      const weight = autograd.parameter([[0.5]]);
      const batch = { inputs: autograd.ones([4, 1]), targets: autograd.ones([4, 1]) };
      const loss = (output: autograd.Tensor, targets: autograd.Tensor) =>
        autograd.mean(autograd.square(autograd.sub(output, targets)));
      const model = (inputs: autograd.Tensor) => autograd.matmul(inputs, weight);
      vitest.it("learns", async () => {
        vitest.expect(model).toHaveHealthyGradients({ batch, loss });
        const optimizer = { zeroGrad: () => { weight.grad = null; }, step: () => {} };
        await vitest.expect({ model, data: [batch, batch], loss, optimizer }).toTrainHealthily();
      });
    `,
  },
];
