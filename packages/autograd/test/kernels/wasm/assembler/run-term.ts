import { func } from "../../../../src/kernels/wasm/assembler/func.ts";
import { instantiate } from "../../../../src/kernels/wasm/assembler/instantiate.ts";
import * as v128 from "../../../../src/kernels/wasm/assembler/instructions/v128.ts";
import type { Expression, Statement } from "../../../../src/kernels/wasm/assembler/term.ts";
import type { HostValue, ValueType } from "../../../../src/kernels/wasm/assembler/value-type.ts";
import type { Vector } from "../../../../src/kernels/wasm/assembler/vector-instruction.ts";
import { findWebAssembly, type HostMemory, type WebAssemblyHost } from "../../../../src/kernels/wasm/host.ts";

export const host = findWebAssembly() as WebAssemblyHost;

/** A fresh memory of one page that holds the given bytes from address 0 on. */
export function memoryOf(bytes: Iterable<number> = []): HostMemory {
  const memory = new host.Memory({ initial: 1 });
  new Uint8Array(memory.buffer).set([...bytes]);
  return memory;
}

/** Runs statements, then leaves the value of the expression. */
export function evaluate<T extends ValueType>(
  returns: Expression<T>,
  memory = memoryOf(),
  body: readonly Statement[] = [],
): HostValue<T> {
  const run = func({ name: "run", parameters: [], body, returns });
  const declaration = { minimum: 0, importedAs: ["test", "memory"] } as const;
  const exports = instantiate(host, { memory: declaration, exports: { run } }, memory) as {
    run(): HostValue<T>;
  };
  return exports.run();
}

/** Runs statements over a memory. */
export function execute(body: readonly Statement[], memory = memoryOf()): HostMemory {
  const run = func({ name: "run", parameters: [], body });
  const declaration = { minimum: 0, importedAs: ["test", "memory"] } as const;
  instantiate(host, { memory: declaration, exports: { run } }, memory).run();
  return memory;
}

/** The bytes of a vector; the memory holds what the expression reads. */
export function bytesOf(vector: Vector, memory = memoryOf()): ArrayBuffer {
  execute([v128.store(1024, vector)], memory);
  return memory.buffer.slice(1024, 1040);
}
