import type { Register } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { Mode } from '../platform/config.js';

/** Which register this edge stands before, and how it presents itself. */
export class EdgeIdentity {
  constructor(
    readonly register: Register,
    private readonly catalogue: CurrentCatalogue,
    readonly simulator: boolean,
    private readonly mode: Mode,
  ) {}

  get catalogueVersion(): string {
    return this.catalogue.catalogue.version;
  }

  /** Evidence type of a lookup; of the identity directory, whose agreement names one. */
  get lookupType(): string {
    return this.register.evidence_types[0] ?? '';
  }

  /** Numbers that begin with 0 belong to nobody; production knows none. */
  get allowTestNumbers(): boolean {
    return this.mode === 'development';
  }
}
