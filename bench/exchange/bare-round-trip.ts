import { type Client, status } from '@grpc/grpc-js';
import { protoPath } from 'grpc-health-check';
import type { NodeProfile } from '../../src/client/node-profile.js';
import { openClient } from '../../src/platform/grpc-client.js';
import { readTlsIdentity } from '../../src/platform/tls.js';

const DEADLINE_MS = 5000;

type HealthClient = Client &
  Readonly<{
    Check(
      request: { service: string },
      options: { deadline: number },
      done: (error: { code: status } | null, answer?: { status?: string }) => void,
    ): void;
  }>;

/** What a call costs when nothing is done: health check, same node, same mutual TLS, one connection kept open. */
export class BareRoundTrip {
  readonly #client: HealthClient;

  constructor({ node, keys }: NodeProfile) {
    const { grpc: address, server_name: serverName, certificates } = node;
    const peer = { address, serverName, certificates };
    this.#client = openClient<HealthClient>([protoPath], 'grpc.health.v1.Health', peer, readTlsIdentity(keys));
  }

  call(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#client.Check({ service: '' }, { deadline: Date.now() + DEADLINE_MS }, (error, answer) => {
        if (error !== null) reject(new Error(`health check: ${status[error.code]}`));
        else if (answer?.status !== 'SERVING') reject(new Error(`the node says ${answer?.status}`));
        else resolve();
      });
    });
  }

  close(): void {
    this.#client.close();
  }
}
