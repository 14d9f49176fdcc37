import type { Pool } from 'pg';
import type { Seal } from '../platform/secrets.js';
import type { VerifiedAttestation } from '../tokens/attestation.js';
import { canonicalBytes } from '../tokens/digest.js';
import type { Epoch } from '../vault/key-vault.js';
import type { Trigger, TriggerState } from './trigger.js';
import type { TriggerSeals } from './trigger-seals.js';
import { TriggerStore } from './trigger-store.js';

type Content = Readonly<{ decision: VerifiedAttestation; attestation: string; deciderIdnr?: string }>;
type SealedRow = Readonly<{ id: string; retention_class: string; epoch: string; content: string }>;
type Row = SealedRow & Readonly<{ salt: string | null; state: TriggerState }>;

const CONTENT = 't.id, t.retention_class, t.epoch, t.content';
/** A trigger whose grant is not in the log does not exist: hence the inner join. */
const SELECT = `
  select ${CONTENT}, x.sealed as salt,
    case when s.withdrawn_index is not null then 'withdrawn' when s.used_index is not null then 'used' else 'granted' end as state
  from app.trigger t join log.trigger_state s on s.trigger_id = t.id left join app.trigger_salt x on x.trigger_id = t.id`;

/**
 * Reads and writes on the pool itself: one prepared statement per exchange, where the ORM would cost several times that.
 * Content and salt are sealed; what does not open, because the keys of its month are gone or somebody altered it, does
 * not exist.
 */
export class PostgresTriggerStore extends TriggerStore {
  constructor(
    private readonly pool: Pool,
    private readonly seals: TriggerSeals,
  ) {
    super();
  }

  override async put(triggers: readonly Omit<Trigger, 'state'>[]): Promise<void> {
    const { epoch, seal } = await this.seals.current();
    const first = [...new Map(triggers.toReversed().map((it) => [it.id, it])).values()];
    const sealed = (part: 'content' | 'salt', { id }: Pick<Trigger, 'id'>, bytes: Uint8Array) =>
      seal.close(bytes, boundTo(part, id, epoch));
    await this.pool.query({
      name: 'trigger-put',
      text: `with put as (
               insert into app.trigger (id, requester, retention_class, epoch, content, expires_at)
               select id, requester, $6, $7, content, expires_at
               from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as given (id, requester, content, expires_at)
               on conflict do nothing returning id, expires_at
             )
             insert into app.trigger_salt (trigger_id, sealed, expires_at)
             select put.id, given.sealed, put.expires_at
             from put join unnest($1::text[], $5::text[]) as given (id, sealed) on given.id = put.id`,
      values: [
        first.map(({ id }) => id),
        first.map(({ decision }) => decision.requester),
        first.map((it) => sealed('content', it, canonicalBytes(contentOf(it)))),
        first.map(({ decision }) => new Date(decision.exp * 1000)),
        first.map((it) => sealed('salt', it, Buffer.from(it.commitmentSalt))),
        epoch.retentionClass,
        epoch.month,
      ],
    });
  }

  override async attestations(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.pool.query<SealedRow>({
      name: 'trigger-attestations',
      text: `select ${CONTENT} from app.trigger t where t.id = any($1)`,
      values: [ids],
    });
    const opened = await Promise.all(rows.map(async (row) => ({ id: row.id, content: await this.content(row) })));
    return new Map(opened.flatMap(({ id, content }) => (content === undefined ? [] : [[id, content.attestation]])));
  }

  override async find(requester: string, ids: readonly string[]): Promise<readonly Trigger[]> {
    const { rows } = await this.pool.query<Row>({
      name: 'trigger-find',
      // No index serves this comparison: found by their ids, and not among all that the requester ever had.
      text: `${SELECT} where t.id = any($2) and t.requester is not distinct from $1`,
      values: [requester, ids],
    });
    return this.inOrder(rows, ids);
  }

  override async findAny(ids: readonly string[]): Promise<readonly Trigger[]> {
    const { rows } = await this.pool.query<Row>({
      name: 'trigger-find-any',
      text: `${SELECT} where t.id = any($1)`,
      values: [ids],
    });
    return this.inOrder(rows, ids);
  }

  override async list(requester: string, limit: number, before: string | undefined): Promise<readonly Trigger[]> {
    const { rows } = await this.pool.query<Row>(
      `${SELECT} where t.requester = $1 and ($3::text is null or t.sequence < (select sequence from app.trigger where id = $3))
       order by t.sequence desc limit $2`,
      [requester, limit, before ?? null],
    );
    return this.opened(rows);
  }

  override async destroyExpired(): Promise<void> {
    // Ten minutes more than a decision lasts, for clocks that differ.
    await this.pool.query("delete from app.trigger_salt where expires_at < now() - interval '10 minutes'");
  }

  private async inOrder(rows: readonly Row[], ids: readonly string[]): Promise<readonly Trigger[]> {
    const byId = new Map((await this.opened(rows)).map((trigger) => [trigger.id, trigger]));
    return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  }

  private async opened(rows: readonly Row[]): Promise<Trigger[]> {
    const triggers = await Promise.all(
      rows.map(async (row): Promise<readonly Trigger[]> => {
        const content = await this.content(row);
        const salt = row.salt === null ? '' : (await this.open('salt', row, row.salt))?.toString();
        if (content === undefined || salt === undefined) return [];
        return [{ id: row.id, ...content, commitmentSalt: salt, state: row.state }];
      }),
    );
    return triggers.flat();
  }

  private async content(row: SealedRow): Promise<Content | undefined> {
    const bytes = await this.open('content', row, row.content);
    // Authenticated by the seal: it has the shape in which `put` took it.
    return bytes && (JSON.parse(bytes.toString()) as Content);
  }

  private async open(part: 'content' | 'salt', row: SealedRow, sealed: string): Promise<Buffer | undefined> {
    const epoch = { retentionClass: row.retention_class, month: row.epoch };
    const seal: Seal | undefined = await this.seals.of(epoch);
    return seal?.open(sealed, boundTo(part, row.id, epoch));
  }
}

function contentOf({ decision, attestation, deciderIdnr }: Omit<Trigger, 'state'>): Content {
  return { decision, attestation, ...(deciderIdnr !== undefined && { deciderIdnr }) };
}

/** Neither can be moved to another trigger, or stand for the other. */
function boundTo(part: 'content' | 'salt', id: string, { retentionClass, month }: Epoch): string {
  return `einmal/trigger-${part}/v1\n${id}\n${retentionClass}\n${month}\n`;
}
