import { ArgumentError, leavesOf, mapTree, ShapeError, Tensor } from "@isograd/autograd";
import { holdingsOf } from "./holdings.ts";
import { type AnyModule, type Module, shareHooks } from "./module.ts";

/** The parameters of a module by their paths: `{ "layers.0.weight": ..., "layers.0.bias": ... }`. */
export type NamedParameters = Readonly<Record<string, Tensor>>;

/**
 * The parameters of a module as a tree of tensors, which `grad`, `vmap` and `jacobian` take; each once, frozen ones too.
 *
 * @see torch.nn.Module.named_parameters
 * @example
 * Object.keys(parametersOf(model)); // ["layers.0.weight", "layers.0.bias", "layers.2.weight", "layers.2.bias"]
 */
export function parametersOf(module: AnyModule): NamedParameters {
  return Object.fromEntries(module.namedParameters().map(({ path, tensor }) => [path, tensor]));
}

/**
 * Calls a module with other tensors in place of those that it holds: a function of its parameters, for `grad`, `vmap` and `jacobian`.
 *
 * The module stays as it is, but for what it remembers of the call, such as running statistics. A tensor that it holds at two places is
 * replaced at both. What `parameters` does not name is the module's own.
 *
 * @param parameters a tree whose leaves are named as in the module: `parametersOf(module)`, nested objects, or a module like it
 * @throws ArgumentError if the module holds no tensor of a name; ShapeError if one does not fit
 * @see torch.func.functional_call
 * @example
 * const lossOf = (p: NamedParameters, x: Tensor, y: Tensor) => mseLoss(functionalCall(model, p, x), y);
 * const gradients = grad(lossOf)(parametersOf(model), inputs, targets);
 * gradients["layers.2.bias"].shape; // [2]
 * const perExample = vmap(grad(lossOf), { inAxes: [null, 0, 0] })(parametersOf(model), inputs, targets);
 * perExample["layers.2.bias"].shape; // [4, 2]
 */
export function functionalCall<Inputs extends readonly unknown[], Output>(
  module: Module<Inputs, Output>,
  parameters: object,
  ...inputs: Inputs
): Output {
  const held = heldTensors(module as unknown as AnyModule);
  const replacements = new Map<Tensor, Tensor>();
  for (const { path, tensor } of leavesOf(parameters)) {
    const own = held.get(path);
    if (own === undefined)
      throw new ArgumentError("functionalCall", "expected names of tensors that the module holds", path);
    if (own.shape.join() !== tensor.shape.join())
      throw new ShapeError("functionalCall", [tensor.shape, own.shape], `expected the shape of ${path}`);
    replacements.set(own, tensor);
  }
  const called = mapTree(module, (tensor) => replacements.get(tensor) ?? tensor);
  shareHooks(module as unknown as AnyModule, called as unknown as AnyModule);
  return called.call(...inputs);
}

/** The tensors of a module by all their names. */
function heldTensors(root: AnyModule): Map<string, Tensor> {
  const found = new Map<string, Tensor>();
  for (const { path, module } of root.namedModules())
    for (const { path: name, value } of holdingsOf(module))
      if (value instanceof Tensor) found.set(path === "" ? name : `${path}.${name}`, value);
  return found;
}
