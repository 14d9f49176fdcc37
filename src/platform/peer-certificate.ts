import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';

type AuthContext = ReturnType<ServerInterceptingCallInterface['getAuthContext']>;
/** What grpc-js has in hand and does not show. */
type WithSession = Readonly<{ stream?: Readonly<{ session?: object }> }>;

const known = new WeakMap<object, AuthContext>();

/**
 * The certificate of a connection is read once: grpc-js has OpenSSL print it anew for every call. It cannot change, since TLS 1.3
 * knows no renegotiation (RFC 8446 § 4.1.2); who it belongs to, and whether they may still call, is asked with every call.
 */
export function readCertificateOnce(call: ServerInterceptingCallInterface): void {
  const session = (call as unknown as WithSession).stream?.session;
  if (session === undefined) return;
  const read = call.getAuthContext.bind(call);
  call.getAuthContext = () => {
    const context = known.get(session) ?? read();
    // Before the handshake is over there is none.
    if (context.sslPeerCertificate !== undefined) known.set(session, context);
    return context;
  };
}
