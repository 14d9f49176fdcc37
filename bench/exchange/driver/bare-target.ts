import { randomUUID } from 'node:crypto';
import { credentials, loadPackageDefinition } from '@grpc/grpc-js';
import { unary } from '../../../src/platform/grpc-client.js';
import { BROKER_PROTOS, loadProtos } from '../../../src/platform/proto.js';
import type { PrefillFormResponse__Output } from '../../../src/platform/rpc-types/einmal/broker/v1/PrefillFormResponse.js';
import type { PrefillServiceClient } from '../../../src/platform/rpc-types/einmal/broker/v1/PrefillService.js';
import type { Prepared } from './target.js';

const PIECES = 2;
const DEADLINE_MS = 15_000;
/** As long as the keys of two persons and the ids of four decisions. */
const SUBJECTS = ['parent', 'child'].map((role) => ({
  role,
  natural_person: {
    address_key: { family_name: 'Mustermann', town: 'Bremen', postcode: '28195', birth_date: '1970-01-01' },
  },
}));
const DECISIONS = Array.from({ length: 2 + PIECES }, () => randomUUID());

/** A of the benchmark: the same request over plain gRPC, of which nothing can be verified. */
export class BareTarget {
  readonly #client: PrefillServiceClient;

  constructor(address: string) {
    const loaded = loadPackageDefinition(loadProtos(BROKER_PROTOS)) as never as {
      einmal: { broker: { v1: { PrefillService: new (...args: unknown[]) => PrefillServiceClient } } };
    };
    this.#client = new loaded.einmal.broker.v1.PrefillService(address, credentials.createInsecure());
  }

  async tryOut(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) await this.ask(DEADLINE_MS);
  }

  async prepare(count: number): Promise<readonly Prepared[]> {
    return Array.from({ length: count }, () => ({ ask: (deadlineMs) => this.ask(deadlineMs) }));
  }

  close(): void {
    this.#client.close();
  }

  private async ask(deadlineMs: number) {
    const request = {
      request_id: randomUUID(),
      service: 'kindergeld',
      subjects: SUBJECTS,
      trigger_ids: DECISIONS,
      ars: '040110000000',
    };
    const { evidence = [], exchange_id } = await unary<PrefillFormResponse__Output>(
      (metadata, options, done) => this.#client.PrefillForm(request, metadata, options, done),
      { deadline: Date.now() + deadlineMs },
    );
    if (exchange_id !== request.request_id || evidence.length !== PIECES) throw new Error('not what was asked for');
    return { pieceBytes: evidence.map(({ sd_jwt = '' }) => sd_jwt.length), verify: () => Promise.resolve() };
  }
}
