import type { HostMemory, WebAssemblyHost } from "../host.ts";
import { encodeModule } from "./encode-module.ts";
import type { TypesOf } from "./func.ts";
import type { ModuleDefinition } from "./module.ts";
import type { Func, Local } from "./term.ts";
import type { HostValue, ValueType } from "./value-type.ts";

/** A function of a module as the host calls it; one that takes a v128 cannot be called. */
export type HostFunction<F extends Func> =
  F extends Func<infer P extends readonly Local[], infer R>
    ? (...operands: HostValues<TypesOf<P>>) => R extends ValueType ? HostValue<R> : void
    : never;

type HostValues<T extends readonly ValueType[]> = { [K in keyof T]: HostValue<T[K]> };

/**
 * Compiles and starts a module, without waiting.
 *
 * @param memory the memory to import, where the module imports one
 * @throws WebAssembly.CompileError if the host refuses the module, as under a content security policy or without SIMD
 */
export function instantiate<E extends Readonly<Record<string, Func>>>(
  host: WebAssemblyHost,
  definition: ModuleDefinition<E>,
  memory?: HostMemory,
): { readonly [K in keyof E]: HostFunction<E[K]> } {
  const module = new host.Module(encodeModule(definition));
  const [space, name] = definition.memory?.importedAs ?? ["", ""];
  const instance = new host.Instance(module, { [space]: { [name]: memory } });
  return instance.exports as { readonly [K in keyof E]: HostFunction<E[K]> };
}
