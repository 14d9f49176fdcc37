import { ReplayStore, type Use, type UsedToken } from '../../src/register-edge/replay-store.js';

export class MemoryReplayStore extends ReplayStore {
  readonly used = new Map<string, string>();

  override async use(tokens: readonly UsedToken[], digest: string): Promise<Use> {
    const known = tokens.filter((it) => this.used.has(`${it.kind} ${it.issuer} ${it.jti}`));
    const other = known.find((it) => this.used.get(`${it.kind} ${it.issuer} ${it.jti}`) !== digest);
    for (const it of tokens) if (!known.includes(it)) this.used.set(`${it.kind} ${it.issuer} ${it.jti}`, digest);
    if (other !== undefined) return { usedBefore: other.kind };
    return known.length > 0 ? 'repeat' : 'first';
  }

  override async forgetExpired(): Promise<void> {}
}
