import { randomUUID } from 'node:crypto';
import { connectToNode, type NodeConnection, type PrefillWish } from '../../src/client/node-connection.js';
import type { NodeProfile } from '../../src/client/node-profile.js';
import type { ServiceDescription, ServiceNeed } from '../../src/client/service-description.js';
import { people } from '../../src/demo/people/population.js';
import type { PrefillAnswer } from '../../src/verify/answer.js';
import { type Family, families } from '../exchange/families.js';

const SERVICE = 'kindergeld';
/** Decisions are made before the clock starts, so many at a time. */
const GRANTED_AT_ONCE = 8;
const DEADLINE_MS = 15_000;

export const CONSUMER = 'familienkasse-online';
/** The one that is made slow or is made to fail. */
export const REGISTER = 'melderegister-bremen';
const REGION = '04011';

/** Forms that an online service has filled, with everything decided on beforehand. */
export class Prefills {
  private constructor(
    readonly connection: NodeConnection,
    private readonly description: ServiceDescription,
    private readonly families: readonly Family[],
  ) {}

  static async open(profile: NodeProfile, population: Readonly<{ count: number; seed: number }>): Promise<Prefills> {
    const connection = await connectToNode(profile);
    const all = [...families([...people(population)])].filter(({ ars }) => ars.startsWith(REGION));
    if (all.length === 0) throw new Error('the population has no family to ask for');
    return new Prefills(connection, await connection.describeService(SERVICE), all);
  }

  async decide(count: number, chosen?: (need: ServiceNeed) => boolean): Promise<PrefillWish[]> {
    const wishes: PrefillWish[] = [];
    const some = async (): Promise<void> => {
      while (wishes.length < count) {
        const family = this.families[wishes.length % this.families.length];
        if (family === undefined) return;
        const wish = { service: SERVICE, ...family, triggerIds: [] as readonly string[], deadlineMs: DEADLINE_MS };
        const at = wishes.push(wish) - 1;
        const person = { decider: randomUUID(), assurance: 'substantial', ...(chosen && { chosen }) } as const;
        const decisions = await this.connection.attest(this.description, family.applicants, person);
        const { triggerIds } = await this.connection.grantTriggers(decisions);
        wishes[at] = { ...wish, triggerIds };
      }
    };
    await Promise.all(Array.from({ length: GRANTED_AT_ONCE }, some));
    return wishes;
  }

  /** Throws what the node answers as an error. */
  fill(wish: PrefillWish | undefined): Promise<PrefillAnswer> {
    if (wish === undefined) throw new Error('nothing was decided');
    return this.connection.prefill(wish);
  }

  close(): void {
    this.connection.close();
  }
}

/** Why the register's evidence is not in the answer; undefined where it is. */
export function missingOf(answer: PrefillAnswer): string | undefined {
  return answer.not_delivered.find(({ evidence_type }) => evidence_type === 'meldedaten')?.reason;
}
