import { CatalogueFault } from '../catalogue/catalogue-fault.js';
import { ConfigFault } from '../platform/config.js';
import { describeError } from '../platform/operational-log.js';

/** One thing that was looked at. `todo`: what its operator does about it. No value of a person and no secret is in it. */
export type Diagnosis = Readonly<{
  what: string;
  state: 'ok' | 'warning' | 'failure';
  detail?: string;
  todo?: string;
}>;

export function ok(what: string, detail?: string): Diagnosis {
  return { what, state: 'ok', ...(detail !== undefined && { detail }) };
}

export function warning(what: string, detail: string, todo: string): Diagnosis {
  return { what, state: 'warning', detail, todo };
}

export function failure(what: string, detail: string, todo: string): Diagnosis {
  return { what, state: 'failure', detail, todo };
}

/** What an examination found; one that cannot be made is a failure of what it looks at, and keeps no other from being made. */
export async function examined(
  what: string,
  todo: string,
  examine: () => Promise<readonly Diagnosis[]> | readonly Diagnosis[],
): Promise<readonly Diagnosis[]> {
  try {
    return await examine();
  } catch (error) {
    if (error instanceof ConfigFault || error instanceof CatalogueFault)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => failure(what, line.replace(/^[\s-]+/, ''), todo));
    // Of any other error the class and the code: the message might quote a value.
    const { error: name, code } = describeError(error);
    return [failure(what, code === undefined ? `${name}` : `${name} ${code}`, todo)];
  }
}
