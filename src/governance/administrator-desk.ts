import { NodeIdentity } from '../access/node-identity.js';
import { SessionDesk } from '../access/session-desk.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, refusal } from '../platform/fault.js';
import { CATALOGUE_ACT_TYP, type CatalogueAct, verifyCatalogueAct } from '../tokens/catalogue-act.js';
import { importVerificationKey, TokenFault, unverifiedIssuer } from '../tokens/jws.js';
import type { Session } from '../tokens/session-token.js';

/** Who acts: a person whom the catalogue in force names, by their own signature, in a session that pages vouch for. */
export type Acting = Readonly<{ administrator: string; session: Session; signed: string }>;

type Call = Readonly<{ caller: Caller; sessionToken: string }>;

/**
 * Accepts what administrators do. Pages say that somebody is signed in; what is done is signed with the key of the person: pages
 * alone change nothing.
 */
export class AdministratorDesk {
  constructor(
    private readonly node: NodeIdentity,
    private readonly sessions: SessionDesk,
    private readonly current: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW, ACT_NOT_SIGNED */
  async accept({ caller, sessionToken }: Call, signed: string, act: CatalogueAct): Promise<Acting> {
    const session = await this.acceptSession({ caller, sessionToken });
    return { administrator: await this.signerOf(signed, act), session, signed };
  }

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW */
  async acceptSession({ caller, sessionToken }: Call): Promise<Session> {
    const session = await this.sessions.accept(caller, sessionToken);
    if (session.role !== 'administrator') throw refusal('CALL_NOT_ALLOWED');
    if (session.assurance === 'low') throw refusal('ASSURANCE_TOO_LOW');
    return session;
  }

  /** Reading changes nothing and shows no person: no signature. @throws Fault CALL_NOT_ALLOWED, SESSION_* */
  async acceptReader({ caller, sessionToken }: Call): Promise<void> {
    const { role } = await this.sessions.accept(caller, sessionToken);
    if (role === 'citizen') throw refusal('CALL_NOT_ALLOWED');
  }

  /** The administrator who signed exactly this. @throws Fault ACT_NOT_SIGNED */
  async signerOf(signed: string, act: CatalogueAct): Promise<string> {
    try {
      const id = unverifiedIssuer(signed, CATALOGUE_ACT_TYP);
      const administrator = this.current.catalogue.administrators.find((it) => it.id === id);
      if (administrator === undefined) throw new TokenFault('ISSUER');
      const keys = await Promise.all(administrator.keys.map((key) => importVerificationKey(key)));
      const trust = { administrator: id, node: this.node.participant, keys, nowMs: this.clock.now() };
      await verifyCatalogueAct(signed, trust, act);
      return id;
    } catch (error) {
      if (error instanceof TokenFault) throw new Fault('ACT_NOT_SIGNED', { cause: error });
      throw error;
    }
  }
}
