export { matmul } from "./matmul.ts";
