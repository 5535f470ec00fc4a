import {
  at,
  type Codec,
  type Decoded,
  type Json,
  type JsonSchema,
  oneOf,
  plainObject,
  wrong,
} from "./codec.ts";

// biome-ignore lint/suspicious/noExplicitAny: a codec takes and gives its own type
type Fields = Readonly<Record<string, Codec<any>>>;

/** What an object with these properties is: those of `Optional` may be missing. */
export type ObjectOf<Required extends Fields, Optional extends Fields> = {
  readonly [K in keyof Required]: Decoded<Required[K]>;
} & { readonly [K in keyof Optional]?: Decoded<Optional[K]> };

/** An object with these properties and no others. */
export function object<Required extends Fields, Optional extends Fields = Record<never, never>>(
  required: Required,
  optional: Optional = {} as Optional,
): Codec<ObjectOf<Required, Optional>> {
  const fields: Fields = { ...required, ...optional };
  const isOptional = (name: string): boolean => !Object.hasOwn(required, name);
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema])),
      required: Object.keys(required),
      additionalProperties: false,
    },
    encode: (value) => {
      const given = value as Readonly<Record<string, unknown>>;
      const written: Record<string, Json> = {};
      for (const [name, codec] of Object.entries(fields))
        if (given[name] !== undefined || !isOptional(name)) written[name] = codec.encode(given[name]);
      return written;
    },
    decode: (json, place) => {
      const given = plainObject(json, place);
      const unknown = Object.keys(given).find((name) => !Object.hasOwn(fields, name));
      if (unknown !== undefined) throw wrong("no such property", at(place, unknown), given[unknown]);
      const read: Record<string, unknown> = {};
      for (const [name, codec] of Object.entries(fields)) {
        if (Object.hasOwn(given, name)) read[name] = codec.decode(given[name], at(place, name));
        else if (!isOptional(name)) throw wrong("a value", at(place, name), undefined);
      }
      return read as ObjectOf<Required, Optional>;
    },
  };
}

/** The same, written with constants in front that say what it is, as a version; they are not in the value. */
export function headed<Required extends Fields, Optional extends Fields = Record<never, never>>(
  head: Readonly<Record<string, string | number>>,
  required: Required,
  optional?: Optional,
): Codec<ObjectOf<Required, Optional>> {
  const constants: Fields = Object.fromEntries(
    Object.entries(head).map(([name, value]) => [name, oneOf([value])]),
  );
  const { schema, encode, decode } = object<Fields, Fields>({ ...constants, ...required }, optional);
  return {
    schema,
    encode: (value) => encode({ ...head, ...value }),
    decode: (json, place) => {
      const whole = Object.entries(decode(json, place)).filter(([name]) => !Object.hasOwn(head, name));
      return Object.fromEntries(whole) as ObjectOf<Required, Optional>;
    },
  };
}

/** A schema that stands by itself. */
export function standing(title: string, description: string, schema: JsonSchema): JsonSchema {
  return { $schema: "https://json-schema.org/draft/2020-12/schema", title, description, ...schema };
}
