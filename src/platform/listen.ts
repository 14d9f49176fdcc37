import { ConfigFault } from './config.js';

/** What the system says of an address that cannot be had; everything else is a fault of ours. */
const UNAVAILABLE: ReadonlySet<unknown> = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND', 'EAI_AGAIN']);

/** @throws ConfigFault naming the setting, where the address cannot be had */
export async function listenOn(
  setting: string,
  host: string,
  port: number,
  listen: () => Promise<unknown>,
): Promise<void> {
  try {
    await listen();
  } catch (error) {
    if (isUnavailable(error)) throw new ConfigFault([`${setting}: cannot listen on ${host}:${port}`]);
    throw error;
  }
}

function isUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && UNAVAILABLE.has(error.code)) return true;
  // grpc-js gives no code.
  return 'message' in error && /^(No address added|Name resolution)/.test(String(error.message));
}
