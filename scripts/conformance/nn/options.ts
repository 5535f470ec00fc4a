import type { Options } from "./case.ts";

/** `in_features` is `inFeatures` here. */
export const camelCase = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Options by our names: PyTorch's in camelCase, but for those in `renamed`, by PyTorch's. */
export function renamedOptions(options: Options, renamed: Readonly<Record<string, string>> = {}): Options {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [renamed[name] ?? camelCase(name), value]),
  );
}
