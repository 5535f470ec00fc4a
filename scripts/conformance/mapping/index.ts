import type { Mapping } from "../call.ts";
import { activations } from "./activations.ts";
import { elementwise } from "./elementwise.ts";
import { functional } from "./functional.ts";
import { indexing } from "./indexing.ts";
import { linalg } from "./linalg.ts";
import { losses } from "./losses.ts";
import { movement } from "./movement.ts";
import { products } from "./products.ts";
import { reductions } from "./reductions.ts";
import { spatial } from "./spatial.ts";

/** All operators, family by family. */
export const mapping: Mapping = {
  ...elementwise,
  ...movement,
  ...indexing,
  ...reductions,
  ...products,
  ...linalg,
  ...spatial,
  ...activations,
  ...functional,
  ...losses,
};
