/** The arguments of a call by the names that PyTorch gives them: tensors, numbers, strings, lists. */
// biome-ignore lint/suspicious/noExplicitAny: what a reference file holds is known when it is read, not before
export type Arguments = Record<string, any>;

/** Our call for an operator, given the arguments of a case: a tensor, a number, or a list of them in PyTorch's order. */
export type Call = (args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>) => unknown;

/** OpInfo's names, `"/variant"` behind where there is one, and our calls. */
export type Mapping = Readonly<Record<string, Call>>;

/** Thrown where a case asks for what is not offered: its whole operator is then skipped, for that reason. */
export class NotOffered extends Error {}

/**
 * Binds arguments as Python does.
 *
 * @param signature PyTorch's parameter names: `"input dim keepdim=false"`; a default is JSON, `*name` gathers what is left over
 * @example
 * call("input dim dtype=null", ({ input, dim }) => cumsum(input, { axis: dim }));
 */
export function call(signature: string, f: (bound: Arguments) => unknown): Call {
  const parameters = signature.split(" ").map((text) => {
    const [name, fallback] = text.split("=");
    return { name: name.replace("*", ""), gathers: name.startsWith("*"), fallback };
  });
  return (args, kwargs) => {
    const bound: Arguments = {};
    let next = 0;
    for (const { name, gathers, fallback } of parameters) {
      if (gathers) {
        bound[name] = args.slice(next);
        next = args.length;
      } else if (next < args.length) bound[name] = args[next++];
      else if (fallback !== undefined) bound[name] = JSON.parse(fallback);
    }
    if (next < args.length) throw new Error(`${args.length} arguments for "${signature}"`);
    for (const [name, value] of Object.entries(kwargs)) {
      if (!parameters.some((parameter) => parameter.name === name))
        throw new Error(`no parameter "${name}" in "${signature}"`);
      bound[name] = value;
    }
    return f(bound);
  };
}

/** Operators of tensors alone that bear the same name here: `same({ abs, acos })`. */
export function same(calls: Readonly<Record<string, unknown>>, prefix = ""): Mapping {
  return Object.fromEntries(
    Object.entries(calls).map(([name, f]) => [
      `${prefix}${name}`,
      (args) => (f as (...inputs: readonly unknown[]) => unknown)(...args),
    ]),
  );
}
