export { gather, indexSelect, oneHot } from "./gather.ts";
