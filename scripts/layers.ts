import type { Architecture } from "./import-rules.ts";

/**
 * Who may import whom. `a <- b` reads "b may import a"; a layer is the first path segment under a package's src, or the first two where they are listed,
 * and a file imports from its own layer or from those before it.
 */
export const architecture: Architecture = {
  layers: {
    autograd: `
      errors <- shape <- static-shape <- dtype <- numerics <- random <- kernels/matrix kernels/wasm <- scalar <- kernels
      <- format <- registration <- tensor <- create <- tree <- context <- mapped <- anomaly <- hooks <- graph <- op
      <- ops/elementwise <- ops/movement <- ops/indexing <- ops/reductions <- ops/products <- ops/linalg <- ops/spatial
      <- activations <- functional <- backward <- forward <- transforms <- gradcheck <- index <- blas fluent vitest fast-check`,
    nn: `
      initializers <- module <- parametrizations <- layers <- losses <- clipping <- optimizers
      <- schedules <- metrics <- data <- saving <- data/formats <- training <- index <- formats progress node`,
    diagnostics: `
      finding <- remedy <- words <- error-rate <- statistics <- theory <- trace <- flow <- diagnosis <- detectors
      <- diagnose <- lint <- instruments <- advise <- watch <- report <- index <- nn node vitest`,
  },
  // A package, or one layer of it, and the packages that it may import.
  packages: {
    autograd: [],
    nn: ["autograd"],
    diagnostics: ["autograd"],
    "diagnostics/nn": ["autograd", "nn"], // nn is an optional peer: the rest works without it
  },
};
