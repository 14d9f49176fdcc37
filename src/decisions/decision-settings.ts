/** How requests for decisions are read. */
export class DecisionSettings {
  constructor(
    /** Numbers that begin with 0; production refuses them. */
    readonly allowTestNumbers: boolean,
  ) {}
}
