import { toTimestamp } from '../platform/clock.js';
import { type CallSettings, unary } from '../platform/grpc-client.js';
import type { ListChecksResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListChecksResponse.js';
import type { PermissionServiceClient } from '../platform/rpc-types/einmal/broker/v1/PermissionService.js';
import { pastCheckFromWire } from './past-check.wire.js';
import type { PastCheck } from './replay-checks.js';

const PAGE_SIZE = 1000;

/** Checks of the permission log that the caller may see, oldest first, page after page. @throws RpcFailure */
export async function* pastChecks(
  client: PermissionServiceClient,
  sinceMs: number,
  call: CallSettings,
): AsyncGenerator<PastCheck> {
  let token = '';
  do {
    const request = { since_time: toTimestamp(sinceMs), page_size: PAGE_SIZE, page_token: token };
    const answer = await unary<ListChecksResponse__Output>(
      (m, o, done) => client.ListChecks(request, m, o, done),
      call,
    );
    for (const check of answer.checks ?? []) yield pastCheckFromWire(check);
    token = answer.next_page_token ?? '';
  } while (token !== '');
}
