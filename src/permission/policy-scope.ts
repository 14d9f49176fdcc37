import type { Participant } from '../catalogue/catalogue.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';

/** About whom a participant may ask what the rules say, and what was decided by them. */
export type PolicyScope =
  | Readonly<{ of: 'everybody' }>
  /** What this node asked for; of the rules everything, since it asks for everybody. */
  | Readonly<{ of: 'node'; node: string }>
  | Readonly<{ of: 'consumer'; consumer: string }>
  | Readonly<{ of: 'registers'; registers: readonly string[] }>;

/** A participant learns what concerns itself; the body that decides knows it all anyway. */
export function policyScope({ id, kind }: Participant, { catalogue }: CatalogueLookup): PolicyScope {
  switch (kind) {
    case 'intermediary':
      return { of: 'everybody' };
    case 'node':
      return { of: 'node', node: id };
    case 'online-service':
    case 'authority':
    case 'pages':
      return { of: 'consumer', consumer: id };
    case 'register':
    case 'identity-directory':
      return {
        of: 'registers',
        registers: catalogue.registers.filter((it) => it.participant === id).map((it) => it.id),
      };
  }
}

/** Whether a question about these two is in the scope. */
export function mayAskAbout(
  scope: PolicyScope,
  { consumer, provider }: Readonly<{ consumer: string; provider: string }>,
): boolean {
  if (scope.of === 'consumer') return consumer === scope.consumer;
  return scope.of !== 'registers' || scope.registers.includes(provider);
}
