/** Whether a module has weights of its own that it sums signals with. */
export const isWeighted = (module: object): boolean => "outputAxis" in module;
