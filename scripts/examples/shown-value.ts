import { inspect } from "node:util";
import ts from "typescript";

/** A value as a comment behind an expression shows it. */
export type Shown = ts.Expression;

/** Reads numbers, text, `true`, `null`, `NaN` and their kind, and arrays and plain objects of them; null for anything else. */
export function readShown(text: string): Shown | null {
  const source = ts.createSourceFile("shown.ts", `(${text}\n)`, ts.ScriptTarget.Latest, true);
  // Not in the declared type, as a program would be asked for them; without one this is where they are.
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  const [statement, ...more] = source.statements;
  if (parseDiagnostics.length > 0 || more.length > 0 || !ts.isExpressionStatement(statement)) return null;
  const { expression } = statement;
  if (!ts.isParenthesizedExpression(expression)) return null;
  return isReadable(expression.expression) ? expression.expression : null;
}

function isReadable(shown: Shown): boolean {
  if (ts.isArrayLiteralExpression(shown)) return shown.elements.every(isReadable);
  if (ts.isObjectLiteralExpression(shown))
    return shown.properties.every(
      (property) => ts.isPropertyAssignment(property) && isReadable(property.initializer),
    );
  if (ts.isIdentifier(shown)) return words.has(shown.text);
  if (ts.isPrefixUnaryExpression(shown))
    return shown.operator === ts.SyntaxKind.MinusToken && isNumber(shown.operand);
  return isNumber(shown) || ts.isStringLiteralLike(shown) || keywords.has(shown.kind);
}

const isNumber = (shown: ts.Expression): boolean =>
  ts.isNumericLiteral(shown) || (ts.isIdentifier(shown) && shown.text === "Infinity");

const words = new Map<string, unknown>([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["undefined", undefined],
]);
const keywords = new Map<ts.SyntaxKind, unknown>([
  [ts.SyntaxKind.TrueKeyword, true],
  [ts.SyntaxKind.FalseKeyword, false],
  [ts.SyntaxKind.NullKeyword, null],
]);

/**
 * Whether a value is the one shown: tensors as nested arrays; numbers that are shown with four digits, decimals or significant ones, and more as
 * rounded there, others to what single precision holds.
 */
export function isShown(shown: Shown, actual: unknown): boolean {
  const value = plain(actual);
  if (ts.isArrayLiteralExpression(shown))
    return (
      Array.isArray(value) &&
      value.length === shown.elements.length &&
      shown.elements.every((element, k) => isShown(element, value[k]))
    );
  if (ts.isObjectLiteralExpression(shown)) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const entries = new Map(Object.entries(value));
    return (
      entries.size === shown.properties.length &&
      shown.properties.every((property) => {
        const { name, initializer } = property as ts.PropertyAssignment;
        const key = ts.isComputedPropertyName(name) ? name.getText() : name.text;
        return entries.has(key) && isShown(initializer, entries.get(key));
      })
    );
  }
  if (ts.isStringLiteralLike(shown)) return value === shown.text;
  if (keywords.has(shown.kind)) return value === keywords.get(shown.kind);
  if (ts.isIdentifier(shown)) return Object.is(value, words.get(shown.text));
  return typeof value === "number" && isNumberShown(shown.getText(), value);
}

function isNumberShown(text: string, value: number): boolean {
  const shown = Number(text.replaceAll("_", ""));
  if (Object.is(shown, -0)) return Object.is(value, -0);
  if (!Number.isFinite(shown) || !Number.isFinite(value)) return shown === value;
  const [, whole, decimals, power] = /^-?([\d_]*)\.?(\d*)(?:e([-+]?\d+))?$/i.exec(text) ?? ["", "", "", ""];
  const significant = `${whole}${decimals}`.replace(/^[0_]+/, "").length;
  const isRounded = decimals.length >= 4 || (decimals !== "" && significant >= 4);
  // Half a unit of the last digit, or what f32 leaves of a number that is not rounded; a little more for this comparison itself.
  const distance = isRounded
    ? 0.5 * 10 ** (Number(power ?? 0) - decimals.length)
    : Math.abs(shown) * 1e-6 || 1e-7;
  return Math.abs(value - shown) <= distance * (1 + 1e-6);
}

/** A value as the comment could have shown it. */
export const show = (value: unknown): string =>
  inspect(plain(value), { depth: 8, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 1000 });

/** Tensors and typed arrays as (nested) arrays; found by what they have, as they come from another copy of the sources. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (typeof value !== "object" || value === null) return value;
  if (!("toArray" in value && typeof value.toArray === "function")) return value;
  const array = value.toArray();
  return "dtype" in value && value.dtype === "bool" ? asBooleans(array) : array;
}

const asBooleans = (value: unknown): unknown => (Array.isArray(value) ? value.map(asBooleans) : value !== 0);
