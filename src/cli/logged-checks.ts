import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { loadCatalogue } from '../catalogue/load-catalogue.js';
import { pastChecks } from '../permission/past-checks.grpc.js';
import type { PastCheck } from '../permission/replay-checks.js';
import { ConfigFault, readConfig, text } from '../platform/config.js';
import { PERMISSION_PROTOS } from '../platform/proto.js';
import type { PermissionServiceClient } from '../platform/rpc-types/einmal/broker/v1/PermissionService.js';
import { readTlsIdentity } from '../platform/tls.js';
import { Peers } from '../registers/peers.js';

/** A page of the log is there at once; all of it may take its time. */
const LONGEST_MS = 600_000;

/** Asks the intermediary for what it checked, as the participant whose key folder and catalogue the environment names. */
export async function loggedChecks<T>(
  sinceMs: number,
  use: (checks: AsyncIterable<PastCheck>) => Promise<T>,
): Promise<T> {
  const { folder, keys } = readConfig({ folder: text('EINMAL_CATALOGUE'), keys: text('EINMAL_KEYS') });
  const catalogue = new CurrentCatalogue(loadCatalogue({ folder }));
  const [intermediary] = catalogue.lookup.participantsOfKind('intermediary');
  if (intermediary === undefined) throw new ConfigFault(['the catalogue names no intermediary']);
  const peers = new Peers(catalogue, readTlsIdentity(keys));
  try {
    const service = 'einmal.broker.v1.PermissionService';
    const client = peers.client<PermissionServiceClient>(PERMISSION_PROTOS, service, intermediary.id);
    return await use(pastChecks(client, sinceMs, { deadline: Date.now() + LONGEST_MS }));
  } finally {
    peers.close();
  }
}
