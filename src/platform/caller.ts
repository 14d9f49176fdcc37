import type { Participant } from '../catalogue/catalogue.js';
import type { ServerCall } from './call.js';
import { Fault } from './fault.js';
import { thumbprint } from './tls.js';

/** Who calls: the participant whose agreement names the client certificate of this connection. */
export type Caller = Readonly<{ participant: Participant; thumbprint: string }>;

/** Finds the participant of a certificate; wired to the catalogue by each process. */
export abstract class CallerDirectory {
  abstract participantOf(thumbprint: string): Participant | undefined;
}

const callers = new WeakMap<ServerCall, Caller>();

/** `x5t#S256` of the client certificate, or undefined where the peer showed none. */
export function peerThumbprint(call: ServerCall): string | undefined {
  const raw = call.getAuthContext().sslPeerCertificate?.raw;
  return raw === undefined ? undefined : thumbprint(raw);
}

/** Sets and returns the caller of a call. @throws Fault CALLER_UNKNOWN */
export function identifyCaller(call: ServerCall, directory: CallerDirectory): Caller {
  const peer = peerThumbprint(call);
  const participant = peer === undefined ? undefined : directory.participantOf(peer);
  if (peer === undefined || participant === undefined) throw new Fault('CALLER_UNKNOWN');
  const caller: Caller = { participant, thumbprint: peer };
  callers.set(call, caller);
  return caller;
}

/** Undefined before the entry guard has identified the caller. */
export function knownCaller(call: ServerCall): Caller | undefined {
  return callers.get(call);
}

/** The caller, once the entry guard has identified it. */
export function callerOf(call: ServerCall): Caller {
  const caller = callers.get(call);
  if (caller === undefined) throw new Fault('CALLER_UNKNOWN');
  return caller;
}
