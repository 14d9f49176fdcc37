import { InterceptingCall, type Interceptor, type ServerInterceptingCallInterface, status } from '@grpc/grpc-js';
import type { ObservedCall, Telemetry } from './telemetry.js';

/** `/einmal.broker.v1.PrefillService/PrefillForm` → `PrefillService/PrefillForm`. */
export function rpcOf(path: string): string {
  return path.slice(path.lastIndexOf('.', path.lastIndexOf('/')) + 1);
}

/** Puts the handler of a call into its span, and counts a call that its caller gave up. */
export function observeHandler(call: ServerInterceptingCallInterface, observed: ObservedCall): void {
  const start = call.start.bind(call);
  call.start = (listener) =>
    start({
      onReceiveMetadata: (metadata) => listener.onReceiveMetadata(metadata),
      onReceiveMessage: (message) => listener.onReceiveMessage(message),
      // Nest calls the handler here; what runs before it is another turn of the event loop.
      onReceiveHalfClose: () => observed.within(() => listener.onReceiveHalfClose()),
      onCancel: () => {
        observed.ended('CANCELLED');
        listener.onCancel();
      },
    });
}

/** Observes each call to a participant. Metadata are left as they are: the one who is asked is sent no trace context. */
export function observingCalls(telemetry: Telemetry, peer: string): Interceptor {
  return (options, nextCall) => {
    const call = telemetry.clientCall(rpcOf(options.method_definition.path), peer);
    return new InterceptingCall(nextCall(options), {
      start: (metadata, _listener, next) =>
        next(metadata, {
          onReceiveStatus: (ended, proceed) => {
            call.ended(status[ended.code]);
            proceed(ended);
          },
        }),
    });
  };
}
