import { encodeFunction } from "./encode-function.ts";
import { pushUnsigned } from "./leb128.ts";
import type { MemoryDeclaration, ModuleDefinition } from "./module.ts";
import type { Func } from "./term.ts";
import { type ValueType, valueTypeCodes } from "./value-type.ts";

const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const sections = { type: 1, import: 2, function: 3, memory: 5, export: 7, code: 10 } as const;
const functionTypeCode = 0x60;
const externalFunction = 0x00;
const externalMemory = 0x02;

type Bytes = readonly number[];

/** The module in the binary format. */
export function encodeModule({ memory, exports }: ModuleDefinition): Uint8Array<ArrayBuffer> {
  const { functions, bodies } = collect(Object.values(exports));
  const signatures = functions.map(signatureBytes);
  const types = [...new Map(signatures.map((signature) => [signature.join(), signature])).values()];
  const typeIndex = (signature: Bytes) => types.findIndex((type) => type.join() === signature.join());

  const imports: Bytes[] = [];
  const memories: Bytes[] = [];
  const exported: Bytes[] = [];
  if (memory?.importedAs !== undefined) {
    const [space, name] = memory.importedAs;
    imports.push(concat(nameBytes(space), nameBytes(name), [externalMemory], limitBytes(memory)));
  } else if (memory !== undefined) {
    memories.push(limitBytes(memory));
  }
  if (memory?.exportedAs !== undefined)
    exported.push(concat(nameBytes(memory.exportedAs), [externalMemory, 0]));
  for (const [name, func] of Object.entries(exports)) {
    exported.push(concat(nameBytes(name), [externalFunction], unsigned(functions.indexOf(func))));
  }

  const bytes = concat(
    header,
    section(sections.type, types),
    section(sections.import, imports),
    section(
      sections.function,
      signatures.map((signature) => unsigned(typeIndex(signature))),
    ),
    section(sections.memory, memories),
    section(sections.export, exported),
    section(
      sections.code,
      bodies.map((body) => concat(unsigned(body.length), body)),
    ),
  );
  return new Uint8Array(bytes);
}

/** The given functions and all that they call, in the order in which they are met, with their code. */
function collect(roots: readonly Func[]): { functions: readonly Func[]; bodies: readonly Bytes[] } {
  const functions = [...new Set(roots)];
  const indexOf = (callee: Func): number => {
    const index = functions.indexOf(callee);
    return index >= 0 ? index : functions.push(callee) - 1;
  };
  const bodies: Bytes[] = [];
  for (const func of functions) bodies.push(encodeFunction(func, indexOf)); // appends to the list that this loop walks
  return { functions, bodies };
}

/** A section is its number, its size, and a counted list; an empty one is left out. */
function section(code: number, items: readonly Bytes[]): Bytes {
  if (items.length === 0) return [];
  const content = concat(unsigned(items.length), ...items);
  return concat([code], unsigned(content.length), content);
}

function signatureBytes(func: Func): Bytes {
  const results: ValueType[] = func.result === "void" ? [] : [func.result];
  const list = (types: readonly ValueType[]) =>
    concat(
      unsigned(types.length),
      types.map((type) => valueTypeCodes[type]),
    );
  return concat(
    [functionTypeCode],
    list(func.parameters.map((parameter) => parameter.result)),
    list(results),
  );
}

function nameBytes(name: string): Bytes {
  const bytes = [...name].map((character) => character.charCodeAt(0));
  if (bytes.some((byte) => byte > 0x7f))
    throw new Error(`name "${name}" of a WebAssembly module must be ASCII`);
  return concat(unsigned(bytes.length), bytes);
}

function limitBytes({ minimum, maximum, shared }: MemoryDeclaration): Bytes {
  const flags = (maximum === undefined ? 0 : 1) | (shared ? 2 : 0);
  return concat([flags], unsigned(minimum), maximum === undefined ? [] : unsigned(maximum));
}

function unsigned(value: number): Bytes {
  const bytes: number[] = [];
  pushUnsigned(bytes, value);
  return bytes;
}

function concat(...parts: readonly Bytes[]): Bytes {
  return ([] as number[]).concat(...parts);
}
