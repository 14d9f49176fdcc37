/** What pages need of the configuration of their process. */
export class PagesSettings {
  constructor(
    /** Origin at which browsers reach the pages. */
    readonly url: string,
    /** Who these pages are in the catalogue. */
    readonly participant: string,
  ) {}
}
