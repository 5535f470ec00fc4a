import { ArgumentError, ShapeError } from "../../errors.ts";
import type { Shape } from "../../shape.ts";

/** What an equation says: a label for each axis of each operand, and of the result. Axes under an ellipsis are labelled by numbers. */
export interface EinsumNotation {
  readonly operands: readonly (readonly string[])[];
  readonly result: readonly string[];
  /** The extent of each label, which axes of extent 1 stretch to. */
  readonly extents: ReadonlyMap<string, number>;
}

const ellipsis = "...";

/** @throws ArgumentError if it is not an equation; ShapeError if it does not fit the shapes */
export function parseEinsum(equation: string, shapes: readonly Shape[]): EinsumNotation {
  const fail = (rule: string): never => {
    throw new ArgumentError("einsum", rule, equation);
  };
  const [left, right, ...more] = equation.replaceAll(" ", "").split("->");
  const terms = left
    .split(",")
    .map((term) => splitTerm(term) ?? fail("expected letters, and ... at most once"));
  if (more.length > 0) fail("expected one ->");
  if (terms.length !== shapes.length) fail(`expected a term for each of ${shapes.length} operands`);
  const covered = terms.map((term, k) => {
    const letters = term.filter((label) => label !== ellipsis).length;
    const rest = shapes[k].length - letters;
    if (rest < 0 || (rest > 0 && !term.includes(ellipsis)))
      throw new ShapeError("einsum", shapes, `expected operands that fit "${equation}"`);
    return rest;
  });
  const widest = covered.reduce(
    (most, count, k) => (terms[k].includes(ellipsis) ? Math.max(most, count) : most),
    0,
  );
  const under = (count: number): string[] => Array.from({ length: count }, (_, k) => `${widest - count + k}`);
  const spell = (term: readonly string[], count: number): string[] =>
    term.flatMap((label) => (label === ellipsis ? under(count) : [label]));
  const operands = terms.map((term, k) => spell(term, covered[k]));
  const result =
    right === undefined
      ? [...under(widest), ...once(terms.flat())]
      : spell(splitTerm(right) ?? fail("expected letters, and ... at most once"), widest);
  const known = new Set(operands.flat());
  if (new Set(result).size !== result.length || result.some((label) => !known.has(label)))
    fail("expected a result of labels of the operands, each once");
  return { operands, result, extents: extentsOf(equation, operands, shapes) };
}

/** The letters and the ellipsis of a term; null if there is anything else. */
function splitTerm(term: string): string[] | null {
  const labels = term.match(/\.\.\.|[A-Za-z]/g) ?? [];
  const dots = labels.filter((label) => label === ellipsis).length;
  return labels.join("") === term && dots <= 1 ? labels : null;
}

/** Without an arrow the result has the letters that appear once, in the order of the alphabet, capitals first. */
const once = (labels: readonly string[]): string[] =>
  labels
    .filter((label) => label !== ellipsis && labels.indexOf(label) === labels.lastIndexOf(label))
    .sort((a, b) => (a < b ? -1 : 1));

function extentsOf(
  equation: string,
  operands: readonly (readonly string[])[],
  shapes: readonly Shape[],
): Map<string, number> {
  const extents = new Map<string, number>();
  operands.forEach((labels, k) => {
    labels.forEach((label, axis) => {
      const [known, extent] = [extents.get(label) ?? 1, shapes[k][axis]];
      if (known !== 1 && extent !== 1 && known !== extent)
        throw new ShapeError("einsum", shapes, `expected one extent, or 1, for each label of "${equation}"`);
      extents.set(label, known === 1 ? extent : known);
    });
  });
  return extents;
}
