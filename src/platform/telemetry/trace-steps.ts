import type { Telemetry } from './telemetry.js';

type Work = (...args: never[]) => Promise<unknown>;
type Steps<T> = Readonly<{ [Method in keyof T as T[Method] extends Work ? Method : never]?: string }>;

/**
 * Has each call of these methods of this one object be a step, with a span and a measure. The object itself is changed, where
 * it is wired: a proxy would have no private members, and every part would have to be handed on as another one. Where there is
 * no telemetry nobody calls this, and nothing is in the way.
 */
export function traceSteps<T extends object>(telemetry: Telemetry, part: T, steps: Steps<T>): void {
  for (const [method, step] of Object.entries<string | undefined>(steps)) {
    const work: unknown = Reflect.get(part, method);
    if (step === undefined || typeof work !== 'function') continue;
    const value = (...args: unknown[]) => telemetry.step(step, () => Reflect.apply(work, part, args));
    Object.defineProperty(part, method, { value });
  }
}
