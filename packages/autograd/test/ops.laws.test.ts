import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as autograd from "../src/index.ts";
import { sizeOf } from "../src/shape.ts";
import { notInTable, opsTable } from "./laws/ops-table.ts";
import type { OpEntry, Sample } from "./laws/samples.ts";

const { backward, cast, describeReport, fromData, observe, parameter, Tensor } = autograd;
type Tensor = autograd.Tensor;

const names = Object.keys(opsTable);
const listed = (result: Tensor | readonly Tensor[]): readonly Tensor[] =>
  result instanceof Tensor ? [result] : result;
const eachSample = (entry: OpEntry, law: (sample: Sample) => void): void => {
  for (const sample of entry.samples) law(sample);
};

/** The same values, axes reversed in memory, last axis backwards. */
function crooked(x: Tensor): Tensor {
  const order = x.shape.map((_, axis) => x.rank - 1 - axis);
  const turned = autograd.permute(x, order);
  const backwards = x.rank === 0 ? turned : autograd.flip(turned, [0]);
  const copy = fromData(autograd.contiguous(backwards).values().slice(), turned.shape);
  const back = x.rank === 0 ? copy : autograd.flip(copy, [0]);
  return autograd.permute(back, order);
}

const maximal = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

it("has an entry for every operation and activation that is exported", async () => {
  const folders = ["ops", "activations", "functional"].map(
    (name) => new URL(`../src/${name}/`, import.meta.url),
  );
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => new URL(name, folder).pathname),
  );
  const values = new Set(
    (await Promise.all(files.map((file) => import(file)))).flatMap((module) => Object.values(module)),
  );
  const exported = Object.entries(autograd).flatMap(([name, value]) =>
    typeof value === "function" && values.has(value) ? [name] : [],
  );
  expect(exported.length).toBeGreaterThan(90);
  expect(exported.filter((name) => !notInTable.includes(name)).sort()).toEqual([...names].sort());
});

describe.each(names)("%s", (name) => {
  const entry = opsTable[name];

  it("has gradients of first and second order that differences confirm", () => {
    eachSample(entry, ({ call, inputs, name: sample }) => {
      const report = autograd.checkGradients((operands: readonly Tensor[]) => call(operands), inputs);
      expect(report.ok, `${sample}: ${describeReport(report)}`).toBe(true);
    });
  });

  it("gives in f32 what it gives in f64, to single precision, gradients too", () => {
    eachSample(entry, ({ call, inputs }) => {
      const single = inputs.map((x) => cast(x, "f32"));
      const double = single.map((x) => cast(x, "f64"));
      const [low, high] = [single, double].map((operands) => {
        const leaves = operands.map((x) => parameter(x));
        const outputs = listed(call(leaves));
        for (const output of outputs) {
          const weights = fromData(
            Float64Array.from({ length: output.size }, (_, k) => 1 + ((k * 7) % 5) / 4),
            output.shape,
          );
          if (output.requiresGrad) backward(output, { cotangent: weights, retainGraph: true });
        }
        return { outputs, gradients: leaves.map(({ grad }) => grad) };
      });
      const close = (a: Tensor, b: Tensor): void => {
        expect([a.dtype, b.dtype]).toEqual(["f32", "f64"]);
        expect(a.shape).toEqual(b.shape);
        const [values, exact] = [a.values(), b.values()];
        const tolerance = 2 ** -22 * (entry.loses ?? 1) * Math.max(maximal(exact), 0.25);
        for (let k = 0; k < exact.length; k++)
          expect(Math.abs(values[k] - exact[k])).toBeLessThanOrEqual(tolerance);
      };
      low.outputs.forEach((output, k) => {
        close(output, high.outputs[k]);
      });
      low.gradients.forEach((gradient, k) => {
        const other = high.gradients[k];
        expect(gradient === null).toBe(other === null);
        if (gradient !== null && other !== null) close(gradient, other);
      });
    });
  });

  it("gives the same for views as for dense copies", () => {
    eachSample(entry, ({ call, inputs }) => {
      const dense = inputs.map((x) => fromData(x.values().slice(), x.shape));
      const results = [inputs, dense, inputs.map(crooked)].map((operands) =>
        listed(call(operands)).map((output) => output.values()),
      );
      results[0].forEach((values, k) => {
        const tolerance = 1e-14 * maximal(values);
        for (const other of [results[1][k], results[2][k]]) {
          expect(other).toHaveLength(values.length);
          for (let j = 0; j < values.length; j++)
            expect(Math.abs(values[j] - other[j])).toBeLessThanOrEqual(tolerance);
        }
      });
    });
  });

  it("lets NaN through: what a NaN changes becomes NaN", () => {
    eachSample(entry, ({ call, inputs }) => {
      const before = listed(call(inputs)).map((output) => output.values());
      inputs.forEach((input, position) => {
        for (let k = 0; k < input.size; k++) {
          const values = input.values().slice();
          values[k] = Number.NaN;
          const operands = inputs.map((x, j) => (j === position ? fromData(values, input.shape) : x));
          const after = listed(call(operands)).map((output) => output.values());
          let changed = 0;
          after.forEach((output, j) => {
            output.forEach((value, i) => {
              if (Object.is(value, before[j][i])) return;
              changed++;
              expect(value).toBeNaN();
            });
          });
          if (!entry.drops && sizeOf(after.map(({ length }) => length)) > 0)
            expect(changed).toBeGreaterThan(0);
        }
      });
    });
  });

  it("leaves its operands as they are", () => {
    eachSample(entry, ({ call, inputs }) => {
      const leaves = inputs.map((x) => parameter(x));
      const before = leaves.map(({ data, shape, strides, offset }) => ({
        data: data.slice(),
        shape: [...shape],
        strides: [...strides],
        offset,
      }));
      for (const output of listed(call(leaves))) {
        if (output.requiresGrad)
          backward(output, { cotangent: autograd.ones(output.shape, "f64"), createGraph: true });
      }
      expect(leaves.map(({ data, shape, strides, offset }) => ({ data, shape, strides, offset }))).toEqual(
        before,
      );
    });
  });

  it("foretells the shape and element type of each result", () => {
    eachSample(entry, ({ call, inputs }) => {
      let seen = 0;
      using _ = observe({
        operation: ({ op, node, inputs: operands, outputs }) => {
          for (const { data, dtype, shape, strides } of outputs) {
            expect(fromData(data, [data.length]).dtype).toBe(dtype);
            expect(strides).toHaveLength(shape.length);
          }
          if (node === null) return;
          seen++;
          const signatures = op.shape(operands, node.attributes);
          expect(outputs.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual([signatures].flat());
        },
      });
      const outputs = listed(call(inputs.map((x) => parameter(x))));
      if (outputs.some(({ node }) => node?.op)) expect(seen).toBeGreaterThan(0);
    });
  });
});
