/** What pages need of their sessions beyond the one of the request. */
export abstract class Sessions {
  /** Ends every session of this person. */
  abstract endAllOf(actor: string): Promise<void>;

  /** Who somebody is at these pages: always the same, and of no use elsewhere. */
  abstract pseudonym(account: string): string;
}
