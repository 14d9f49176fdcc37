import { AuditLog } from '../audit/audit-log.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { ActivationStore } from './activation-store.js';
import { changesBetween, NOBODY_TRUSTED, type TrustChange, type TrustedKey, trustStateOf } from './trust-state.js';

export type TakenOver = Readonly<{ proposal?: string }>;

/**
 * Writes down with which catalogue and which keys a node works from now on, before it works with them: an entry for the
 * activation, and one for each participant, key and certificate that differs from the last activation in this log. Before the
 * first one there was nobody: the log has an entry about each key, whenever it came.
 */
export class CatalogueActivation {
  constructor(
    private readonly node: string,
    private readonly activations: ActivationStore,
    private readonly audit: AuditLog,
  ) {}

  /**
   * `inForce` is asked when it is this node's turn: what it gives is written down, and nothing older after something newer.
   * `held` are the private keys that this node itself works with. `takenOver`: while it runs, by this proposal; of several
   * nodes on one database one writes it down.
   */
  async activate(inForce: () => Promise<Catalogue>, held: readonly TrustedKey[], takenOver?: TakenOver): Promise<void> {
    await this.activations.replace(this.node, async (last) => {
      const catalogue = await inForce();
      if (takenOver !== undefined && last?.version === catalogue.version) return last;
      const state = await trustStateOf(catalogue, held);
      await this.audit.catalogueActivated(
        {
          caller: { consumer: this.node },
          protected: {
            activation: {
              version: state.version,
              ...(last === undefined ? {} : { previous: last.version }),
              ...(takenOver?.proposal === undefined ? {} : { proposal: takenOver.proposal }),
            },
          },
        },
        changesBetween(last ?? NOBODY_TRUSTED, state).map((change) => this.entryOf(change)),
      );
      return state;
    });
  }

  private entryOf({ event, ...change }: TrustChange) {
    // Public keys are no secret: whoever keeps evidence proves by it since when its issuer had the key.
    const thumbprint = 'key' in change ? change.key.thumbprint : undefined;
    return {
      event,
      caller: { consumer: this.node, ...(thumbprint === undefined ? {} : { key_thumbprint: thumbprint }) },
      protected: { change },
    };
  }
}
