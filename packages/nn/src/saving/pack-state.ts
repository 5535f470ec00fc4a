import { ArgumentError, Tensor } from "@isograd/autograd";
import { isContainer } from "../module/holdings.ts";
import type { Metadata, StateDict } from "./safetensors.ts";
import { type AnyTypedArray, kindOf, packArray } from "./typed-arrays.ts";

/** Plain data as a file of tensors can hold it. */
export interface PackedState {
  /** Its arrays of numbers, by names that begin with that of the data. */
  readonly tensors: StateDict;
  /** The rest, as JSON under the name of the data. */
  readonly metadata: Metadata;
}

/** A value in JSON: what JSON itself can say as it is, all else as a word and what belongs to it. */
export type Code = number | string | boolean | null | readonly [word: string, ...rest: (string | number)[]];

/** A container in JSON, next to all others: values refer to it by its place, so that nothing is nested. */
export type NodeCode =
  | readonly ["list", readonly Code[]]
  | readonly ["object" | "record", readonly (readonly [key: string, value: Code])[]];

export const formatVersion = 1;

/** Numbers that JSON does not know, as `Number` reads them. */
export const oddNumbers: readonly string[] = ["NaN", "-0", "Infinity", "-Infinity"];

/** A container on the way, and how it was reached. */
interface Found {
  readonly container: object;
  readonly parent: Found | null;
  readonly key: string;
  readonly place: number;
}

/**
 * Takes plain data apart into tensors and text, for `saveSafetensors`: arrays, plain objects, typed arrays, tensors, numbers, text, truth values, null,
 * undefined and big integers, nested as deep as one likes, shared and circular ones too.
 *
 * `unpackState` gives back an equal copy: every bit of every number. Typed arrays are copied, so the data may change afterwards; tensors lose their history.
 *
 * @param name that of the data, among those that are saved in one file; default `state`
 * @throws ArgumentError if the data holds anything else, such as functions, dates, maps and instances of classes
 * @example
 * backward(loss);
 * optimizer.step();
 * const packed = packState(optimizer.state, "optimizer");
 * saveSafetensors(`${folder}/run.safetensors`, { ...stateDict(model), ...packed.tensors }, packed.metadata);
 * const file = loadSafetensors(`${folder}/run.safetensors`);
 * optimizer.state = unpackState(file, "optimizer") as typeof optimizer.state;
 * optimizer.learningRate; // 0.1
 */
export function packState(data: unknown, name = "state"): PackedState {
  const tensors: Record<string, Tensor> = Object.create(null);
  const known = new Map<object, Code>();
  const found: Found[] = [];
  const nodes: NodeCode[] = [];

  const encode = (value: unknown, parent: Found | null, key: string): Code => {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number")
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ["number", Object.is(value, -0) ? "-0" : String(value)];
    if (value === undefined) return ["undefined"];
    if (typeof value === "bigint") return ["bigint", String(value)];
    if (typeof value !== "object") return refuse(value, parent, key);
    const code = known.get(value) ?? encodeObject(value, parent, key);
    known.set(value, code);
    return code;
  };

  const encodeObject = (value: object, parent: Found | null, key: string): Code => {
    const kind = kindOf(value);
    if (value instanceof Tensor || kind !== undefined) {
      const place = newName(tensors, `${name}${pathOf(parent, key)}`);
      tensors[place] =
        kind === undefined ? (value as Tensor).detach() : packArray(kind, value as AnyTypedArray);
      return ["tensor", kind ?? "Tensor", place];
    }
    if (!isContainer(value) || Object.getOwnPropertySymbols(value).length > 0)
      return refuse(value, parent, key);
    found.push({ container: value, parent, key, place: found.length });
    return ["node", found.length - 1];
  };

  const refuse = (value: unknown, parent: Found | null, key: string): never => {
    const rule = `expected plain data at ${JSON.stringify(`${name}${pathOf(parent, key)}`)}`;
    throw new ArgumentError("packState", rule, value);
  };

  const root = encode(data, null, "");
  for (const next of found) nodes.push(encodeContainer(next, encode));
  return { tensors, metadata: { [name]: JSON.stringify({ version: formatVersion, root, nodes }) } };
}

function encodeContainer(
  next: Found,
  encode: (value: unknown, parent: Found, key: string) => Code,
): NodeCode {
  const { container } = next;
  if (Array.isArray(container)) {
    const codes = Array.from(container, (value, k): Code => {
      return k in container ? encode(value, next, String(k)) : ["hole"];
    });
    return ["list", codes];
  }
  return [
    Object.getPrototypeOf(container) === null ? "record" : "object",
    Object.entries(container).map(([key, value]) => [key, encode(value, next, key)] as const),
  ];
}

const longestName = 200;

/** Where a value stands, `.moments.0.mean`; only its end where that is long. */
function pathOf(parent: Found | null, key: string): string {
  let path = "";
  let [above, own] = [parent, key];
  while (above !== null) {
    path = `.${own}${path}`;
    if (path.length > longestName) return `...${path.slice(-longestName)}`;
    [above, own] = [above.parent, above.key];
  }
  return path;
}

/** A name that a file can hold and nothing has yet. */
function newName(taken: StateDict, wanted: string): string {
  const name = wanted.replace(/\p{Surrogate}/gu, "\ufffd");
  let free = name;
  for (let count = 2; free in taken; count++) free = `${name}~${count}`;
  return free;
}
