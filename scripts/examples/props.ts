/** What an example's module is called with. */
export interface Props {
  /** Asks for the value of the expression with this number to be as shown. */
  readonly check: (number: number, evaluate: () => unknown) => Promise<void>;
  /** A temporary folder. */
  readonly folder: string;
}
