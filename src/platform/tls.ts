import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SecureServerOptions } from 'node:http2';
import { join } from 'node:path';
import { createSecureContext, Server, TLSSocket } from 'node:tls';
import { ChannelCredentials, ServerCredentials } from '@grpc/grpc-js';

/** PEM texts of one process, from the `tls` folder of its key folder. */
export type TlsIdentity = Readonly<{ ca: string; cert: string; key: string }>;

export function readTlsIdentity(keyFolder: string): TlsIdentity {
  return readIdentityIn(join(keyFolder, 'tls'));
}

/** The same from a folder of its own. */
export function readIdentityIn(folder: string): TlsIdentity {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}

/** `x5t#S256` of a DER certificate (RFC 8705 § 3.1). */
export function thumbprint(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('base64url');
}

export function thumbprintOfPem(pem: string): string {
  return thumbprint(new X509Certificate(pem).raw);
}

/** Of the certificate that the other end has shown; empty where it has shown none, or is gone. */
export function thumbprintOfSocket(socket: unknown): string {
  const raw = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.raw : undefined;
  return raw === undefined ? '' : thumbprint(raw);
}

const TLS_1_3 = { minVersion: 'TLSv1.3' } as const;

/** Mutual TLS 1.3. `createSsl` of grpc-js knows no least version, hence a subclass; `rotate` takes effect with the next handshake. */
export class MutualTlsServer extends ServerCredentials {
  constructor(identity: TlsIdentity, limits: SecureServerOptions = {}) {
    super(
      { ...limits, ...TLS_1_3, requestCert: true, rejectUnauthorized: true, ...identity },
      { ...TLS_1_3, ...identity },
    );
  }

  rotate(identity: TlsIdentity): void {
    createSecureContext({ ...TLS_1_3, ...identity });
    this.updateSecureContextOptions({ ...TLS_1_3, ...identity });
  }

  override _equals(other: ServerCredentials): boolean {
    return other === this;
  }
}

/**
 * The same, to nobody before it is opened: grpc-js listens before its services are added, and would tell who comes early that
 * there are none.
 */
export class ClosedTlsServer extends MutualTlsServer {
  #isOpen = false;

  constructor(
    private identity: TlsIdentity,
    limits: SecureServerOptions,
  ) {
    super(identity, limits);
  }

  open(): void {
    this.#isOpen = true;
    this.rotate(this.identity);
  }

  override rotate(identity: TlsIdentity): void {
    createSecureContext({ ...TLS_1_3, ...identity });
    this.identity = identity;
    if (this.#isOpen) super.rotate(identity);
  }

  override _getSecureContextOptions(): ReturnType<MutualTlsServer['_getSecureContextOptions']> {
    return this.#isOpen ? super._getSecureContextOptions() : null;
  }
}

/** The same for HTTPS. */
export function rotateServer(server: unknown, identity: TlsIdentity): void {
  if (!(server instanceof Server)) throw new TypeError('a server without TLS has no certificate');
  server.setSecureContext({ ...TLS_1_3, ...identity });
}

/**
 * Client side. Beside the chain, the peer's certificate must be one of those that the catalogue names for it: a
 * certificate of the same authority for another participant is not enough.
 */
export function mutualTlsClient(identity: TlsIdentity, expected: readonly string[]): ChannelCredentials {
  return ChannelCredentials.createFromSecureContext(createSecureContext({ ...TLS_1_3, ...identity }), {
    checkServerIdentity: (_host, cert) =>
      expected.includes(thumbprint(cert.raw)) ? undefined : new Error('the server is not the expected participant'),
  });
}
