import type { Client, requestCallback } from '@grpc/grpc-js';
import { protoPath } from 'grpc-health-check';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import { openClient, RpcFailure, unary } from '../platform/grpc-client.js';
import type { TlsIdentity } from '../platform/tls.js';
import { type Diagnosis, failure, ok, warning } from './diagnosis.js';

const WITHIN_MS = 5000;

type HealthClient = Client &
  Readonly<{
    Check(
      request: Readonly<{ service: string }>,
      metadata: unknown,
      options: unknown,
      done: requestCallback<Readonly<{ status?: string }>>,
    ): ReturnType<Client['makeUnaryRequest']>;
  }>;

/**
 * Whether another participant answers, by the address and the certificates that the catalogue names, and says SERVING.
 * @param isNeeded nothing goes without it; a register that is away spoils no answer of others
 */
export async function examinePeer(
  { participant, isNeeded }: Readonly<{ participant: string; isNeeded: boolean }>,
  lookup: CatalogueLookup,
  tls: TlsIdentity,
): Promise<Diagnosis> {
  const what = `"${participant}" answers`;
  const endpoint = lookup.endpoint(participant);
  if (endpoint === undefined)
    return warning(what, 'it has no address', 'name one in endpoints.yaml, or leave it unconnected');
  const { address, server_name: serverName } = endpoint;
  const certificates = lookup.keysOf(participant)?.certificates ?? [];
  const client = openClient<HealthClient>(
    [protoPath],
    'grpc.health.v1.Health',
    { address, serverName, certificates },
    tls,
  );
  try {
    const { status } = await unary<Readonly<{ status?: string }>>(
      (metadata, options, done) => client.Check({ service: '' }, metadata, options, done),
      { deadline: Date.now() + WITHIN_MS },
    );
    if (status === 'SERVING') return ok(what, address);
    return warning(what, `it says ${status}`, 'wait until it serves, or ask its operator');
  } catch (error) {
    const code = error instanceof RpcFailure ? error.message : 'no answer';
    const todo =
      'look whether it runs, whether the address is right, and whether each side names the certificate of the other';
    return (isNeeded ? failure : warning)(what, `${address}: ${code}`, todo);
  } finally {
    client.close();
  }
}
