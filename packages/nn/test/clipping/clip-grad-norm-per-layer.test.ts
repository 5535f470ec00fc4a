import { backward, Generator, mul, NonFiniteError, randn, sum, type Tensor, tensor } from "@isograd/autograd";
import { clipGradNorm, clipGradNormPerLayer, Linear, Sequential, weightNorm } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

function make(): Sequential {
  const linear = (seed: number) =>
    new Linear({ inFeatures: 3, outFeatures: 3, dtype: "f64", generator: new Generator(seed) });
  const model = new Sequential([linear(1), weightNorm(linear(2)), linear(3)]);
  (model.layers[2] as Linear).freeze();
  backward(sum(mul(5, model.call(randn(new Generator(4), [4, 3], "f64")))));
  return model;
}
const gradients = (parameters: readonly Tensor[]) => parameters.map(({ grad }) => grad?.toArray());

describe("clipGradNormPerLayer", () => {
  it("clips what each module holds itself as clipGradNorm does", () => {
    const [model, other] = [make(), make()];
    const done = clipGradNormPerLayer(model, 1.5, { normType: 3 });
    const groups = other
      .namedParameters()
      .filter(({ tensor: { grad } }) => grad !== null)
      .map(({ path, tensor: held }) => ({ path: path.replace(/\.\w+$/, ""), held }));
    const paths = [...new Set(groups.map(({ path }) => path))];
    expect(done.map(({ path }) => path)).toEqual(paths);
    expect(paths).toEqual(["layers.0", "layers.1", "layers.1.parametrizations.weight"]);
    for (const [k, path] of paths.entries()) {
      const own = groups.filter((each) => each.path === path).map(({ held }) => held);
      const { norm, factor } = clipGradNorm(own, 1.5, { normType: 3 });
      expectNumbers([done[k].norm, done[k].factor], [norm, factor], 1e-14);
      expect(factor).toBeLessThan(1);
    }
    expect(gradients(model.parameters())).toEqual(gradients(other.parameters()));
  });

  it("changes nothing where a norm is not finite", () => {
    const model = make();
    const last = model.layers[1] as Linear;
    if (last.bias !== null) last.bias.grad = tensor([1, Number.NaN, 1], { dtype: "f64" });
    const before = gradients(model.parameters());
    expect(() => clipGradNormPerLayer(model, 1)).toThrow(NonFiniteError);
    expect(gradients(model.parameters())).toEqual(before);
  });
});
