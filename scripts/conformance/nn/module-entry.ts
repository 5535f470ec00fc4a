import type { Tensor } from "@isograd/autograd";
import type { AnyModule } from "@isograd/nn";
import type { Options } from "./case.ts";

/** How one of PyTorch's modules is made, called and read here. */
export interface ModuleEntry {
  /** @param options by our names, `dtype: "f64"` among them */
  make(options: Options): AnyModule;
  /** PyTorch's names of options that are not ours in camelCase. */
  readonly options?: Readonly<Record<string, string>>;
  /** Default: `forward` with all inputs. */
  call?(module: never, inputs: readonly Tensor[]): unknown;
  /** Our result as PyTorch's outputs, in order; default: as it is, a list of tensors or one. */
  outputs?(result: never): unknown;
}

/** A layer whose options bear PyTorch's names in camelCase. */
export const like = (Layer: new (options: never) => AnyModule): ModuleEntry => ({
  make: (options) => new Layer(options as never),
});
