/** Answers and held evidence that rest on triggers; a withdrawal destroys them (design 4, 8). */
export abstract class SealedAnswers {
  abstract destroyByTrigger(triggers: readonly string[]): Promise<void>;
}
