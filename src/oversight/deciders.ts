/** Identification numbers of those who decided, as far as the node itself saw who it was: at its pages. */
export abstract class Deciders {
  abstract numbersOf(trigger: string): Promise<readonly string[]>;
}
