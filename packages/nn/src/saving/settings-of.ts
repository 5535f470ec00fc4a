/**
 * What something says of how it was made, as JSON has it: its `settings`, which tell apart what has the same state.
 *
 * Functions among them are only known to be there.
 */
export function settingsOf(part: object): unknown {
  if (!("settings" in part) || part.settings === undefined) return null;
  return JSON.parse(
    JSON.stringify(part.settings, (_, value) => (isFunction(value) ? "a function" : written(value))),
  );
}

const isFunction = (value: unknown): boolean => typeof value === "function";

/** Numbers that JSON does not know would become null. */
const written = (value: unknown): unknown =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;

/** Sentences; none where either side says nothing. */
export function differencesOfSettings(own: unknown, others: unknown): string[] {
  if (own === null || others === null) return [];
  const [mine, theirs] = [flat(own), flat(others)];
  return [...new Set([...mine.keys(), ...theirs.keys()])].flatMap((key) => {
    const [here, there] = [mine.get(key), theirs.get(key)];
    return here === there
      ? []
      : [`${key} is ${here ?? "not given"}, in the checkpoint ${there ?? "not given"}`];
  });
}

/** The leaves of a value of JSON by their paths. */
function flat(value: unknown): Map<string, string> {
  const found = new Map<string, string>();
  const stack: [path: string, value: unknown][] = [["settings", value]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [path, at] = next;
    if (typeof at === "object" && at !== null && !isNumbers(at))
      for (const [key, member] of Object.entries(at).reverse())
        stack.push([path === "settings" ? key : `${path}.${key}`, member]);
    else found.set(path, JSON.stringify(at));
  }
  return found;
}

const isNumbers = (value: object): boolean =>
  Array.isArray(value) && value.every((member) => typeof member === "number");
