import {
  backward,
  Generator,
  grad,
  jacobian,
  mul,
  parameter,
  randn,
  ShapeError,
  square,
  stack,
  sum,
  type Tensor,
  tanh,
  tensor,
  valueAndGrad,
  vmap,
  zeros,
} from "@isograd/autograd";
import {
  Adam,
  assignGradients,
  BatchNorm1d,
  functionalCall,
  Linear,
  type Module,
  mseLoss,
  type NamedParameters,
  onCall,
  parametersOf,
  Sequential,
  SGD,
  share,
  weightNorm,
} from "@isograd/nn";
import { describe, expect, expectTypeOf, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

const linear = (inFeatures: number, outFeatures: number, seed: number) =>
  new Linear({ inFeatures, outFeatures, dtype: "f64", generator: new Generator(seed) });
const make = () => new Sequential([linear(3, 4, 1), tanh, linear(4, 2, 2)]);
const x = () => randn(new Generator(3), [5, 3], "f64");
const y = () => randn(new Generator(4), [5, 2], "f64");

const lossOf =
  (model: Module) =>
  (p: NamedParameters, input: Tensor, target: Tensor): Tensor =>
    mseLoss(functionalCall(model, p, input), target);

describe("functionalCall", () => {
  it("is the call itself with the module's own parameters, and leaves the module as it is with others", () => {
    const model = make();
    const own = model.call(x());
    expect(functionalCall(model, parametersOf(model), x()).toArray()).toEqual(own.toArray());
    const zero = Object.fromEntries(
      Object.entries(parametersOf(model)).map(([path, { shape }]) => [path, zeros(shape, "f64")]),
    );
    expect(
      functionalCall(model, zero, x())
        .values()
        .every((value) => value === 0),
    ).toBe(true);
    const partly = { "layers.2.bias": tensor([100, 200], { dtype: "f64" }) };
    expect(functionalCall(model, partly, x()).values()[1]).toBeGreaterThan(190);
    expect(model.call(x()).toArray()).toEqual(own.toArray());
  });

  it("has by grad the gradients that backward leaves", () => {
    const model = make();
    const found = grad(lossOf(model))(parametersOf(model), x(), y());
    expectTypeOf(found).toEqualTypeOf<NamedParameters>();
    backward(mseLoss(model.call(x()), y()));
    for (const { path, tensor: held } of model.namedParameters())
      expectNumbers(found[path].values(), held.grad?.values() ?? [], 1e-12, 1e-14);
  });

  it("has by vmap the gradient of each example", () => {
    const model = make();
    const perExample = vmap(grad(lossOf(model)), { inAxes: [null, 0, 0] })(parametersOf(model), x(), y());
    const whole = grad(lossOf(model))(parametersOf(model), x(), y());
    for (const [path, gradients] of Object.entries(perExample)) {
      expect(gradients.shape).toEqual([5, ...whole[path].shape]);
      expectNumbers(mul(sum(gradients, { axis: 0 }), 1 / 5).values(), whole[path].values(), 1e-12, 1e-14);
    }
  });

  it("runs an ensemble by vmap over the parameters", () => {
    const models = [make(), new Sequential([linear(3, 4, 5), tanh, linear(4, 2, 6)])];
    const stacked = Object.fromEntries(
      Object.keys(parametersOf(models[0])).map((path) => [
        path,
        stack(models.map((m) => parametersOf(m)[path])),
      ]),
    );
    const together = vmap((p: NamedParameters) => functionalCall(models[0], p, x()))(stacked);
    expectNumbers(
      together.values(),
      models.flatMap((m) => [...m.call(x()).values()]),
      1e-13,
      1e-15,
    );
  });

  it("has Jacobians by the parameters", () => {
    const model = linear(3, 2, 1);
    const input = x();
    const found = jacobian((p: NamedParameters) => functionalCall(model, p, input))(parametersOf(model));
    const { weight } = found as unknown as NamedParameters;
    expect(weight.shape).toEqual([5, 2, 2, 3]);
    const [values, inputs] = [weight.values(), input.values()];
    for (let n = 0; n < 5; n++)
      for (let i = 0; i < 2; i++)
        for (let j = 0; j < 2; j++)
          for (let k = 0; k < 3; k++)
            expect(values[((n * 2 + i) * 2 + j) * 3 + k]).toBe(i === j ? inputs[n * 3 + k] : 0);
  });

  it("replaces what is held twice at both places, computed tensors by their parts", () => {
    const model = new Sequential([linear(3, 3, 1), weightNorm(linear(3, 3, 2))]);
    share(model.layers[0] as Linear, "bias", model.layers[1] as Linear);
    expect(Object.keys(parametersOf(model))).toEqual([
      "layers.0.weight",
      "layers.0.bias",
      "layers.1.parametrizations.weight.g",
      "layers.1.parametrizations.weight.v",
    ]);
    const by = (p: NamedParameters) => sum(functionalCall(model, p, x()));
    const found = grad(by)(parametersOf(model));
    backward(sum(model.call(x())));
    for (const { path, tensor: held } of model.namedParameters())
      expectNumbers(found[path].values(), held.grad?.values() ?? [], 1e-12, 1e-14);
    const doubled = { "layers.1.bias": tensor([9, 9, 9], { dtype: "f64" }) };
    const again = { "layers.0.bias": tensor([9, 9, 9], { dtype: "f64" }) };
    expect(functionalCall(model, doubled, x()).toArray()).toEqual(
      functionalCall(model, again, x()).toArray(),
    );
  });

  it("remembers what the module remembers, and runs its hooks", () => {
    const model = new Sequential([new BatchNorm1d({ numFeatures: 3, dtype: "f64" })]);
    const [norm] = model.layers as BatchNorm1d[];
    const paths: string[] = [];
    onCall(norm, ({ path }) => {
      paths.push(path);
      return undefined;
    });
    functionalCall(model, parametersOf(model), x());
    expect(norm.batchesTracked?.item()).toBe(1);
    expect(paths).toEqual(["layers.0"]);
  });

  it("takes nested trees, and modules for trees", () => {
    const model = make();
    const nested = { layers: { 2: { bias: tensor([1, 2], { dtype: "f64" }) } } };
    const flat = { "layers.2.bias": nested.layers[2].bias };
    expect(functionalCall(model, nested, x()).toArray()).toEqual(functionalCall(model, flat, x()).toArray());
    const gradient = grad((m: Sequential, input: Tensor) => sum(square(m.call(input))))(model, x());
    expectTypeOf(gradient).toEqualTypeOf<Sequential>();
    expect(gradient).toBeInstanceOf(Sequential);
    expect(functionalCall(model, gradient, x()).toArray()).toEqual(gradient.call(x()).toArray());
  });

  it("refuses names and shapes that the module does not have", () => {
    const model = make();
    expect(() => functionalCall(model, { weight: zeros([2]) }, x())).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: functionalCall: expected names of tensors that the module holds, got "weight"]`,
    );
    expect(() =>
      functionalCall(model, { "layers.0.bias": zeros([3]) }, x()),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: functionalCall: expected the shape of layers.0.bias, got [3] and [4]]`,
    );
  });
});

describe("assignGradients", () => {
  it("lets an optimizer take the same steps as after backward", () => {
    const [model, other] = [make(), make()];
    const [optimizer, plain] = [new Adam(model.parameters()), new Adam(other.parameters())];
    for (let step = 0; step < 3; step++) {
      const [loss, gradients] = valueAndGrad(lossOf(model))(parametersOf(model), x(), y());
      assignGradients(model, gradients);
      optimizer.step();
      plain.zeroGrad();
      const expected = mseLoss(other.call(x()), y());
      backward(expected);
      plain.step();
      expect(loss.item()).toBeCloseTo(expected.item(), 13);
    }
    for (const [k, held] of model.parameters().entries())
      expectNumbers(held.values(), other.parameters()[k].values(), 1e-10, 1e-12);
  });

  it("serves plain functions of trees", () => {
    const tree = { w: parameter([2, 3]), inner: [parameter([4])] };
    const f = (t: typeof tree) => sum(mul(square(t.w), t.inner[0]));
    const optimizer = new SGD([tree.w, ...tree.inner], { learningRate: 0.5 });
    assignGradients(tree, grad(f)(tree));
    optimizer.step();
    expect(tree.w.toArray()).toEqual([2 - 0.5 * 16, 3 - 0.5 * 24]);
    expect(tree.inner[0].toArray()).toEqual([4 - 0.5 * 13]);
  });

  it("passes over what is frozen or learns nothing, and refuses what does not fit", () => {
    const model = new Sequential([linear(3, 3, 1), new BatchNorm1d({ numFeatures: 3, dtype: "f64" }).eval()]);
    (model.layers[0] as Linear).freeze();
    assignGradients(model, grad((m: Sequential) => sum(m.call(x())))(model));
    const given = model.namedParameters().filter(({ tensor: { grad: found } }) => found !== null);
    expect(given.map(({ path }) => path)).toEqual(["layers.1.weight", "layers.1.bias"]);
    expect(model.namedBuffers().every(({ tensor: { grad: found } }) => found === null)).toBe(true);
    expect(() => assignGradients(model, { weight: zeros([3]) })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: assignGradients: expected the names of the parameters, got "weight"]`,
    );
    expect(() => assignGradients(model, { layers: { 1: { bias: zeros([2]) } } })).toThrow(ShapeError);
  });
});
