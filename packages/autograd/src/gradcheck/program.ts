import { type Root, sweep } from "../backward.ts";
import { context, enableGrad, withContext } from "../context.ts";
import { zeros } from "../create.ts";
import { isFloating } from "../dtype.ts";
import { ArgumentError } from "../errors.ts";
import { pushForward } from "../forward.ts";
import { Tensor, type Tracked, track } from "../tensor.ts";
import { leavesOf, mapTree } from "../tree.ts";
import { type Variable, variableOf } from "./variable.ts";

/** A function of a list of tensors: what the check knows of the function it is given, and of that function's gradient. */
export interface Program {
  readonly variables: readonly Variable[];
  /** All results that hold reals, with their paths; recorded where the values are tracked. */
  run(values: readonly Tensor[]): readonly Output[];
}

export interface Output {
  readonly path: string;
  readonly tensor: Tensor;
}

/**
 * The program that calls `f` with copies of `inputs`.
 *
 * @param only       paths, or beginnings of paths, of the leaves to vary; the others are constants
 * @param parameters leaves that `f` reads without being given them: bound to the values of the program while it runs
 * @throws ArgumentError if there is nothing to differentiate, or `f` returns no reals
 */
export function programOf<T>(
  f: (inputs: T) => unknown,
  inputs: T,
  parameters: unknown,
  only?: readonly string[],
): Program {
  const everything = distinct(inputs);
  const others = distinct(parameters).filter(
    ({ tensor }) => !everything.some((leaf) => leaf.tensor === tensor),
  );
  const missing = only?.find((path) => ![...everything, ...others].some((leaf) => lies(leaf, path)));
  if (missing !== undefined)
    throw new ArgumentError("checkGradients", "expected paths of inputs or parameters in `only`", missing);
  const wanted = (leaf: Output): boolean => only === undefined || only.some((path) => lies(leaf, path));
  const [given, bound] = [everything.filter(wanted), others.filter(wanted)];
  const unfit = bound.find(({ tensor }) => !tensor.isLeaf);
  if (unfit !== undefined)
    throw new ArgumentError("checkGradients", "expected parameters that are leaves", unfit.path);
  const variables = [...given, ...bound].map(({ path, tensor }) => variableOf(path, tensor));
  if (variables.length === 0)
    throw new ArgumentError("checkGradients", "expected inputs that hold tensors of reals", inputs);
  const run = (values: readonly Tensor[]): readonly Output[] => {
    const replacement = new Map(given.map(({ tensor }, k) => [tensor, values[k]]));
    const replace = (tensor: Tensor): Tensor => replacement.get(tensor) ?? tensor;
    // Most functions take a list of tensors, and this runs for every value that is asked for.
    const call = (): unknown => f(isList(inputs) ? (inputs.map(replace) as T) : mapTree(inputs, replace));
    const result = whileBound(
      bound.map(({ tensor }, k) => [tensor, values[given.length + k]] as const),
      call,
    );
    const outputs = leavesOf(result).filter(({ tensor }) => isFloating(tensor.dtype));
    if (outputs.length > 0) return outputs;
    throw new ArgumentError("checkGradients", "expected a function that returns tensors of reals", result);
  };
  return { variables, run };
}

const isList = (tree: unknown): tree is Tensor[] =>
  Array.isArray(tree) && tree.every((each) => each instanceof Tensor);

/** Whether a leaf stands at a path or below it. */
const lies = (leaf: Output, path: string): boolean => leaf.path === path || leaf.path.startsWith(`${path}.`);

function distinct(tree: unknown): Output[] {
  const leaves = leavesOf(tree).filter(({ tensor }) => isFloating(tensor.dtype));
  return leaves.filter(({ tensor }, k) => leaves.findIndex((leaf) => leaf.tensor === tensor) === k);
}

/** Runs `f` while each parameter is, by value and by place in the graph, the tensor beside it. */
function whileBound<R>(pairs: readonly (readonly [Tensor, Tensor])[], f: () => R): R {
  if (pairs.length === 0) return f();
  const before = pairs.map(([parameter]) => bindingOf(parameter));
  try {
    for (const [parameter, value] of pairs) Object.assign(parameter, bindingOf(value));
    return f();
  } finally {
    pairs.forEach(([parameter], k) => {
      Object.assign(parameter, before[k]);
    });
  }
}

const bindingOf = ({ data, dtype, strides, offset, node, outputIndex }: Tensor): Partial<Tensor> => ({
  data,
  dtype,
  strides,
  offset,
  node,
  outputIndex,
});

/** Values, and by reverse mode the gradients of the outputs weighted by cotangents (null: none comes): null where no gradient flows. */
export function differentiate(
  program: Program,
  values: readonly Tensor[],
  cotangents: readonly (Tensor | null)[],
): { readonly outputs: readonly Output[]; readonly gradients: readonly (Tensor | null)[] } {
  const createGraph = isOpen(values);
  const { leaves, outputs } = recorded(program, values);
  const roots = outputs.flatMap(({ tensor: output }, k): Root[] => {
    const cotangent = cotangents[k];
    return output.node === null || cotangent === null ? [] : [{ output: output as Tracked, cotangent }];
  });
  return { outputs, gradients: sweep(roots, { createGraph }, leaves) };
}

/** The tangents of the outputs along tangents of the values (null: zero), by forward mode. */
export function pushTangents(
  program: Program,
  values: readonly Tensor[],
  tangents: readonly (Tensor | null)[],
): readonly Tensor[] {
  const open = isOpen(values);
  const { leaves, outputs } = recorded(program, values);
  const reached = outputs.filter(({ tensor }) => tensor.node !== null);
  const ends = reached.map(({ tensor }) => tensor as Tracked);
  const found = withContext({ recording: open }, () => pushForward(ends, leaves, tangents));
  return outputs.map((output) => {
    const { shape, dtype } = output.tensor;
    return found[reached.indexOf(output)] ?? zeros(shape, dtype);
  });
}

/** Whether somebody outside asks for derivatives of what is derived. */
const isOpen = (values: readonly Tensor[]): boolean =>
  context.recording && values.some(({ node }) => node !== null);

/** A run with the values tracked: as they are where they are already. */
function recorded(
  program: Program,
  values: readonly Tensor[],
): { readonly leaves: readonly Tracked[]; readonly outputs: readonly Output[] } {
  const leaves = values.map((value) => (value.node === null ? track(value.detach()) : (value as Tracked)));
  return { leaves, outputs: enableGrad(() => program.run(leaves)) };
}

/** The gradient of a program as a program: of the same variables, and of the cotangents that weight its outputs. */
export function gradientOf(
  program: Program,
  cotangents: readonly Tensor[],
  paths: readonly string[],
): Program {
  const { length } = program.variables;
  const weights = cotangents.map((cotangent, k) =>
    variableOf(`cotangent${paths[k] === "" ? "" : ` of ${paths[k]}`}`, cotangent),
  );
  const run = (values: readonly Tensor[]): readonly Output[] => {
    const { gradients } = differentiate(program, values.slice(0, length), values.slice(length));
    return gradients.map((gradient, k) => {
      const { path, tensor } = program.variables[k];
      return {
        path: `gradient${path === "" ? "" : ` of ${path}`}`,
        tensor: gradient ?? zeros(tensor.shape, tensor.dtype),
      };
    });
  };
  return { variables: [...program.variables, ...weights], run };
}
