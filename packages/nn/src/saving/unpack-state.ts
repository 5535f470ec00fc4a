import { ArgumentError } from "@isograd/autograd";
import { type Code, formatVersion, type NodeCode, oddNumbers, type PackedState } from "./pack-state.ts";
import { unpackArray } from "./typed-arrays.ts";

/**
 * Puts together again what `packState` took apart, from the contents of a file; what else the file holds is left alone.
 *
 * @param name that under which it was packed; default `state`
 * @throws ArgumentError if there is no data of that name, it is of a later version, or it is damaged
 * @example
 * unpackState(packState({ step: 3, velocity: Float32Array.of(1, 2) })); // { step: 3, velocity: [1, 2] }
 */
export function unpackState({ tensors, metadata }: PackedState, name = "state"): unknown {
  const damaged = (what: string, received: unknown): never => {
    throw new ArgumentError(
      "unpackState",
      `expected ${what} in the data of ${JSON.stringify(name)}`,
      received,
    );
  };
  if (!Object.hasOwn(metadata, name))
    throw new ArgumentError("unpackState", "expected the name of data that was packed", name);
  const { root, nodes } = parse(metadata[name], damaged);
  const containers = nodes.map((node): object => {
    if (!Array.isArray(node) || node.length !== 2 || !Array.isArray(node[1]))
      return damaged("a container", node);
    if (node[0] === "list") return new Array(node[1].length);
    return node[0] === "record"
      ? Object.create(null)
      : node[0] === "object"
        ? {}
        : damaged("a kind", node[0]);
  });
  const arrays = new Map<string, unknown>();

  const arrayOf = (kind: string, place: string): unknown => {
    const identity = `${kind} ${place}`;
    if (arrays.has(identity)) return arrays.get(identity);
    const tensor = Object.hasOwn(tensors, place)
      ? tensors[place]
      : damaged("a tensor that the file holds", place);
    const value = kind === "Tensor" ? tensor : unpackArray(kind, tensor);
    arrays.set(identity, value ?? damaged(`${place} to hold numbers of a kind`, kind));
    return value;
  };

  const decode = (code: Code): unknown => {
    if (!Array.isArray(code))
      return typeof code === "object" && code !== null ? damaged("a value", code) : code;
    const [word, first, second] = code as readonly unknown[];
    if (word === "undefined") return undefined;
    if (word === "number" && oddNumbers.includes(String(first))) return Number(first);
    if (word === "bigint" && /^-?\d+$/.test(String(first))) return BigInt(String(first));
    if (word === "node" && Number.isInteger(first) && (first as number) in containers)
      return containers[first as number];
    return word === "tensor" ? arrayOf(String(first), String(second)) : damaged("a value", code);
  };

  nodes.forEach(([kind, entries], place) => {
    const container = containers[place];
    if (kind === "list") {
      entries.forEach((code, k) => {
        if (!isHole(code)) (container as unknown[])[k] = decode(code);
      });
      return;
    }
    for (const entry of entries) {
      if (!Array.isArray(entry) || typeof entry[0] !== "string") damaged("a key and a value", entry);
      // Defined, not assigned: a key such as __proto__ is one like others.
      const value = decode(entry[1]);
      Object.defineProperty(container, entry[0], {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  });
  return decode(root);
}

const isHole = (code: Code): boolean => Array.isArray(code) && code[0] === "hole";

function parse(
  text: string,
  damaged: (what: string, received: unknown) => never,
): { readonly root: Code; readonly nodes: readonly NodeCode[] } {
  let found: { version?: unknown; root?: Code; nodes?: readonly NodeCode[] } | null;
  try {
    found = JSON.parse(text);
  } catch {
    return damaged("JSON", text.length > 80 ? `${text.slice(0, 80)}...` : text);
  }
  const { version, root, nodes } = found ?? {};
  if (version !== formatVersion) return damaged(`version ${formatVersion} of the format`, version);
  if (root === undefined || !Array.isArray(nodes)) return damaged("a root and nodes", found);
  return { root, nodes };
}
