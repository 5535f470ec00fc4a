import { build, type Numbers } from "./compile.ts";
import { freeInputs, Scalar, type ScalarLike } from "./expression.ts";
import { interpret } from "./interpret.ts";

/** Several expressions as one, for what walks expressions: its inputs are the results. */
export function severalOf(results: readonly ScalarLike[]): Scalar {
  return Scalar.apply(
    {
      name: "several",
      evaluate: () => Number.NaN,
      code: (...values) => values.map((value, k) => `out${k}[i] = ${value};`).join(" "),
      partials: () => [],
    },
    results,
  );
}

/** One loop over `count` elements: results[k][i] from element i of each array and from the numbers. A result may be one of the arrays. */
export type SeveralLoop = (
  arrays: readonly Numbers[],
  numbers: readonly number[],
  results: readonly Numbers[],
  count: number,
) => void;

/**
 * The loop over several expressions, each element read once.
 *
 * The inputs of the expressions are the elements of `arrays` arrays and, behind them, the numbers.
 */
export function compileSeveral(several: Scalar, arrays: number): SeveralLoop {
  const inputs = freeInputs(several);
  const before = inputs.map((k) => (k < arrays ? `a${k} = arrays[${k}]` : `x${k} = numbers[${k - arrays}]`));
  const outs = several.inputs.map((_, k) => `out${k} = results[${k}]`);
  const elements = inputs.filter((k) => k < arrays).map((k) => `const x${k} = a${k}[i];`);
  return (
    build<SeveralLoop>(
      several,
      (body, stores) =>
        `return (arrays, numbers, results, n) => { const ${[...before, ...outs].join(", ")};
        for (let i = 0; i < n; i++) { ${elements.join(" ")} ${body} ${stores} } };`,
    ) ?? interpretSeveral(several)
  );
}

function interpretSeveral(several: Scalar): SeveralLoop {
  const evaluators = several.inputs.map(interpret);
  return (arrays, numbers, results, count) => {
    for (let i = 0; i < count; i++) {
      const inputs = [...arrays.map((array) => array[i]), ...numbers];
      const values = evaluators.map((evaluate) => evaluate(...inputs));
      values.forEach((value, k) => {
        results[k][i] = value;
      });
    }
  };
}
