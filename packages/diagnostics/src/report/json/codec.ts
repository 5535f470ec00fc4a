import { ArgumentError } from "@isograd/autograd";

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A schema in the words of JSON Schema. */
export type JsonSchema = { readonly [key: string]: Json };

/** One way between a value and JSON: there, back, and in the words of JSON Schema, so that the three cannot differ. */
export interface Codec<T> {
  readonly schema: JsonSchema;
  readonly encode: (value: T) => Json;
  /** @param place where in the document it stands, for the error @throws ArgumentError if it is not what `schema` asks for */
  readonly decode: (json: unknown, place: string) => T;
}

export type Decoded<C> = C extends Codec<infer T> ? T : never;

export const wrong = (rule: string, place: string, json: unknown): ArgumentError =>
  new ArgumentError("decode", `expected ${rule}${place === "" ? "" : ` at ${place}`}`, json);

export const text: Codec<string> = {
  schema: { type: "string" },
  encode: (value) => value,
  decode: (json, place) => {
    if (typeof json !== "string") throw wrong("a text", place, json);
    return json;
  },
};

const unwritable = ["NaN", "Infinity", "-Infinity"] as const;

/** JSON has no name for what is not finite: it is written as text. The sign of zero is lost. */
export const number: Codec<number> = {
  schema: { anyOf: [{ type: "number" }, { enum: unwritable }] },
  encode: (value) => (Number.isFinite(value) ? value : String(value)),
  decode: (json, place) => {
    if (typeof json === "number" && Number.isFinite(json)) return json;
    if (unwritable.some((name) => name === json)) return Number(json);
    throw wrong('a number, "NaN", "Infinity" or "-Infinity"', place, json);
  },
};

export const count: Codec<number> = {
  schema: { type: "integer", minimum: 0 },
  encode: (value) => value,
  decode: (json, place) => {
    if (!Number.isInteger(json) || (json as number) < 0) throw wrong("a whole number from 0 on", place, json);
    return json as number;
  },
};

/** One of a few texts or numbers. */
export function oneOf<const T extends string | number>(values: readonly T[]): Codec<T> {
  return {
    schema: values.length === 1 ? { const: values[0] } : { enum: values },
    encode: (value) => value,
    decode: (json, place) => {
      const found = values.find((value) => value === json);
      if (found === undefined)
        throw wrong(`one of ${values.map((each) => JSON.stringify(each)).join(", ")}`, place, json);
      return found;
    },
  };
}

export function orNull<T>(codec: Codec<T>): Codec<T | null> {
  return {
    schema: { anyOf: [codec.schema, { type: "null" }] },
    encode: (value) => (value === null ? null : codec.encode(value)),
    decode: (json, place) => (json === null ? null : codec.decode(json, place)),
  };
}

export function listOf<T>(codec: Codec<T>): Codec<readonly T[]> {
  return {
    schema: { type: "array", items: codec.schema },
    encode: (values) => values.map(codec.encode),
    decode: (json, place) => {
      if (!Array.isArray(json)) throw wrong("a list", place, json);
      return json.map((each, k) => codec.decode(each, `${place}[${k}]`));
    },
  };
}

export function pairOf<T>(codec: Codec<T>): Codec<readonly [T, T]> {
  return {
    schema: { type: "array", prefixItems: [codec.schema, codec.schema], items: false, minItems: 2 },
    encode: ([first, second]) => [codec.encode(first), codec.encode(second)],
    decode: (json, place) => {
      if (!Array.isArray(json) || json.length !== 2) throw wrong("two of them", place, json);
      return [codec.decode(json[0], `${place}[0]`), codec.decode(json[1], `${place}[1]`)];
    },
  };
}

export const at = (place: string, name: string): string => (place === "" ? name : `${place}.${name}`);

export function plainObject(json: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw wrong("an object", place, json);
  return json as Readonly<Record<string, unknown>>;
}
