import type { Http2Session } from 'node:http2';
import { TLSSocket } from 'node:tls';
import { thumbprint } from '../../../src/platform/tls.js';

/** Reads it anew for each call. */
export function readCertificateOnce(): void {}

export function certificateOf(session: Http2Session | undefined): string {
  return thumbprintOfSocket(session?.socket);
}

export function thumbprintOfSocket(socket: unknown): string {
  const raw = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.raw : undefined;
  return raw === undefined ? '' : thumbprint(raw);
}
