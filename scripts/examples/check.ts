import type { Expected } from "./program.ts";
import { isShown, readShown, type Shown, show } from "./shown-value.ts";

/** Says in words what is wrong with what an expression gave or threw; null if it is as its comment says. */
export async function findDifference(expected: Expected, evaluate: () => unknown): Promise<string | null> {
  if (expected.kind === "value") {
    const value = await evaluate();
    if (isShown(readShown(expected.text) as Shown, value)) return null;
    return `expected ${expected.text}, got ${show(value)}`;
  }
  const { name, message } = expected;
  try {
    return `expected ${name}, got ${show(await evaluate())}`;
  } catch (error) {
    const [type, text] = error instanceof Error ? [error.constructor.name, error.message] : ["", show(error)];
    if (type.replace(/^_/, "") === name && text.includes(message)) return null;
    return `expected ${name}${message === "" ? "" : `: ${message}`}, got ${type}: ${text}`;
  }
}
