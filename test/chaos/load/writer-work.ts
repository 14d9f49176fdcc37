import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { EffectRefused } from '../../../src/audit/effect.js';
import type { LogStore, NewEntry } from '../../../src/audit/log-store.js';
import type { Random } from '../../../src/demo/people/random.js';
import { seenReceipt } from './seen-receipt.js';
import type { WriterLine } from './writer-lines.js';

const CLEAR = {
  consumer: 'familienkasse-online',
  register: 'melderegister-bremen',
  evidence_type: 'meldedaten',
  purpose: 'kindergeld-antrag',
  legal_basis: 'egovg-5-1-1',
  subject_role: 'parent',
} as const;

type Retrieval = Readonly<{ trigger: string; retrieval: string; exchange: string }>;

/** One decision and one retrieval after the other, with the effects that an exchange of the node has. */
export class WriterWork {
  constructor(
    private readonly log: LogStore,
    private readonly random: Random,
    private readonly say: (line: WriterLine) => void,
  ) {}

  async cycle(): Promise<void> {
    const { random } = this;
    const it = { trigger: randomUUID(), retrieval: randomUUID(), exchange: randomUUID() };
    if ((await this.append('granted', [granted(it)])) !== undefined) return;
    const withdrawal = random.chance(0.3) ? sleep(random.between(0, 60)).then(() => this.withdraw(it)) : undefined;
    await this.retrieve(it);
    await withdrawal;
  }

  private async retrieve(it: Retrieval): Promise<void> {
    const { random } = this;
    const expiresAt = new Date(Date.now() + random.between(1500, 3000));
    if ((await this.append('opened', [opened(it, expiresAt)])) !== undefined) return;
    this.say({ kind: 'asked', retrieval: it.retrieval });
    await sleep(random.between(0, 25));
    // What nobody closes is the sweeper's.
    if (random.chance(0.03)) return;
    const rivals = random.chance(0.1) ? 2 : 1;
    await Promise.all(Array.from({ length: rivals }, () => this.close(it)));
  }

  /** Releases, or where the log lets it not because of a withdrawal, closes as refused. */
  private async close(it: Retrieval): Promise<void> {
    const refusal = await this.append('released', [released(it), summary(it, 'released')]);
    if (refusal === 'WITHDRAWN') await this.append('refused', [refused(it), summary(it, 'refused')]);
  }

  private async withdraw(it: Retrieval): Promise<void> {
    await this.append('withdrawn', [withdrawn(it)]);
  }

  /** Nothing where the log took it, else why not. */
  private async append(what: string, entries: readonly NewEntry[]): Promise<string | undefined> {
    try {
      for (const receipt of await this.log.append(entries))
        this.say({ kind: 'ack', what, receipt: seenReceipt(receipt) });
      return undefined;
    } catch (error) {
      const isEffect = error instanceof EffectRefused;
      const reason = isEffect ? error.reason : error instanceof Error ? error.name : 'unknown';
      this.say({ kind: 'refused', reason });
      // What the log cannot take now is not offered again at once.
      if (!isEffect) await sleep(20);
      return reason;
    }
  }
}

/** A synthetic person: numbers that begin with 0 are test numbers. */
const person = { kind: 'idnr', idnr: '02468135792' } as const;

function entry(caller: NewEntry['caller'], effects: NewEntry['effects']): NewEntry {
  return {
    caller,
    protected: { subjects: [{ role: 'parent', person }] },
    persons: [{ person, as: 'subject' }],
    effects,
  };
}

const about = ({ trigger, retrieval, exchange }: Retrieval) =>
  ({ ...CLEAR, trigger_id: trigger, retrieval_ref: retrieval, exchange_ref: exchange }) as const;

function granted({ trigger }: Retrieval): NewEntry {
  const effects = [{ kind: 'grant-trigger', trigger }] as const;
  return entry({ ...CLEAR, event: 'trigger.granted', trigger_id: trigger }, effects);
}

function withdrawn({ trigger }: Retrieval): NewEntry {
  const effects = [{ kind: 'withdraw-trigger', trigger }] as const;
  return entry({ ...CLEAR, event: 'trigger.withdrawn', trigger_id: trigger }, effects);
}

function opened(it: Retrieval, expiresAt: Date): NewEntry {
  const { trigger, retrieval } = it;
  return entry({ ...about(it), event: 'retrieval.opened' }, [
    { kind: 'open-retrieval', retrieval, expiresAt },
    { kind: 'use-trigger', trigger, by: retrieval },
  ]);
}

function released(it: Retrieval): NewEntry {
  const { trigger, retrieval } = it;
  return entry({ ...about(it), event: 'retrieval.closed', outcome: 'released', release_digest: retrieval }, [
    { kind: 'trigger-in-force', trigger, by: retrieval },
    { kind: 'close-retrieval', retrieval },
  ]);
}

function refused(it: Retrieval): NewEntry {
  const effects = [{ kind: 'close-retrieval', retrieval: it.retrieval }] as const;
  return entry({ ...about(it), event: 'retrieval.closed', outcome: 'refused', reason: 'TRIGGER_WITHDRAWN' }, effects);
}

function summary({ exchange }: Retrieval, outcome: 'released' | 'refused'): NewEntry {
  const { consumer, purpose } = CLEAR;
  return entry({ event: 'exchange.closed', consumer, purpose, exchange_ref: exchange, outcome }, []);
}
