import { readFileSync } from 'node:fs';
import { Metadata, status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { type ArgumentsHost, ForbiddenException } from '@nestjs/common';
import { RpcException } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';
import { decodeStatus, STATUS_DETAILS_KEY } from '#libs/grpc-status/status.js';
import { Fault, invalid, outage, refusal } from '../../src/platform/fault.js';
import { describeError, OperationalLog } from '../../src/platform/operational-log.js';
import { isReason, REASONS, type Reason, wireReason } from '../../src/platform/reasons.js';
import { StatusFilter } from '../../src/platform/status.filter.js';
import { statusOf, withReason } from '../../src/platform/status.js';

const names = Object.keys(REASONS).filter(isReason);
const bytesOf = (fault: Fault): Buffer => {
  const [bytes] = statusOf(fault).metadata.get(STATUS_DETAILS_KEY);
  return Buffer.from(bytes!);
};
const decoded = (fault: Fault) => decodeStatus(bytesOf(fault));

describe('the closed list of reasons (design 8)', () => {
  it('is exactly the enum of the proto', () => {
    const proto = readFileSync('proto/einmal/broker/v1/error_reason.proto', 'utf8');
    const inProto = [...proto.matchAll(/^ {2}(ERROR_REASON_\w+) = \d+;/gm)].map(([, name]) => name);
    expect(['ERROR_REASON_UNSPECIFIED', ...names.map(wireReason)].sort()).toEqual(inProto.sort());
  });

  it('has the code that the proto promises for each reason', () => {
    const proto = readFileSync('proto/einmal/broker/v1/error_reason.proto', 'utf8');
    const codes = Object.keys(status).filter((name) => Number.isNaN(Number(name)));
    for (const [, comment = '', name = ''] of proto.matchAll(/((?: {2}\/\/.*\n)+) {2}ERROR_REASON_(\w+) = /g)) {
      const promised = codes.filter((code) => new RegExp(`\\b${code}\\b`).test(comment));
      if (name !== 'UNSPECIFIED' && promised.length > 0)
        expect([name, promised]).toEqual([name, expect.arrayContaining([status[REASONS[name as Reason].code]])]);
    }
  });

  it('knows its own names only, and none of Object', () => {
    expect(isReason('REPLAY')).toBe(true);
    for (const name of ['toString', '__proto__', 'UNSPECIFIED', '']) expect(isReason(name)).toBe(false);
  });

  it('never says OK', () => {
    expect(names.filter((name) => REASONS[name].code === status.OK)).toEqual([]);
  });
});

describe('a fault on the wire', () => {
  it.each(names)('carries %s in ErrorInfo with the domain (AIP-193)', (name) => {
    const { code, message, details } = decoded(new Fault(name));
    expect(code).toBe(REASONS[name].code);
    expect(message).toBe(REASONS[name].sentence);
    expect(details).toEqual([{ type: 'error-info', reason: name, domain: 'einmal', metadata: {} }]);
  });

  it('is the same bytes for the same answer, whatever its cause (IDNrG § 6 Abs. 5)', () => {
    const causes = [undefined, new Error('none'), new Error('several'), 'blocked'];
    const all = causes.map((cause) =>
      bytesOf(new Fault('SUBJECT_NOT_AVAILABLE', { cause, isLogged: cause === undefined })),
    );
    for (const bytes of all) expect(bytes).toEqual(all[0]);
  });

  it('is the same bytes in whichever order metadata was given', () => {
    expect(bytesOf(refusal('TRIGGER_MISSING', { a: '1', b: '2' }))).toEqual(
      bytesOf(refusal('TRIGGER_MISSING', { b: '2', a: '1' })),
    );
  });

  it('names every faulty field at once', () => {
    const violations = [
      { field: 'subjects[0].role', description: 'must be an identifier' },
      { field: 'request_id', description: 'must be a UUID' },
    ];
    expect(decoded(invalid(violations)).details).toContainEqual({ type: 'bad-request', violations });
  });

  it('says of an outage when to try again, and nothing of its cause', () => {
    const fault = outage('REGISTER_UNAVAILABLE', new Error('Musterfrau at 10.0.0.7'), 1500);
    expect(decoded(fault).details).toContainEqual({ type: 'retry-info', retryDelayMs: 1500 });
    expect(bytesOf(fault).toString('latin1')).not.toMatch(/Musterfrau|10\.0\.0\.7/);
  });
});

describe('what grpc-js answers by itself', () => {
  it.each([
    [status.UNIMPLEMENTED, 'NOT_BUILT'],
    [status.RESOURCE_EXHAUSTED, 'REQUEST_TOO_LARGE'],
    [status.DEADLINE_EXCEEDED, 'DEADLINE_PASSED'],
    [status.INTERNAL, 'INTERNAL'],
    [status.UNKNOWN, 'INTERNAL'],
  ])('gets a reason: code %i becomes %s, without its own words', (code, reason) => {
    const given = withReason({ code, details: 'stack of Musterfrau' });
    expect(given.details).toBe(REASONS[reason as Reason].sentence);
    expect(given.metadata!.get(STATUS_DETAILS_KEY)).toHaveLength(1);
  });

  it('stays as it is where it succeeded, has a reason already, or says nothing we could', () => {
    const own = statusOf(refusal('REPLAY'));
    const fine = { code: status.OK, details: '', metadata: new Metadata() };
    const cancelled = { code: status.CANCELLED, details: 'cancelled' };
    expect([withReason(own), withReason(fine), withReason(cancelled)]).toEqual([own, fine, cancelled]);
  });
});

class Lines extends OperationalLog {
  readonly lines: string[] = [];
  override info(details: object, message: string): void {
    this.lines.push(JSON.stringify({ ...details, message }));
  }
  override warn = this.info;
  override error = this.info;
}

const rpcHost = { getType: () => 'rpc' } as unknown as ArgumentsHost;
async function onTheWire(error: unknown, log = new Lines()) {
  return firstValueFrom(new StatusFilter(log).catch(error, rpcHost)!).catch((wire: unknown) => wire);
}

describe('the status filter', () => {
  it('answers a fault with its own status', async () => {
    expect(await onTheWire(refusal('REPLAY'))).toEqual(statusOf(refusal('REPLAY')));
  });

  it('answers a bug with one fixed sentence and nothing of the cause', async () => {
    const log = new Lines();
    const wire = await onTheWire(new TypeError('cannot read family_name of Musterfrau'), log);
    expect(wire).toEqual(statusOf(new Fault('INTERNAL')));
    expect(log.lines).toHaveLength(1);
    expect(log.lines.join()).toContain('TypeError');
    expect(log.lines.join()).not.toContain('Musterfrau');
  });

  it('answers that the database is away as an outage, worth trying again, and says so in the operational log', async () => {
    const log = new Lines();
    const wire = await onTheWire(new Error('Connection terminated unexpectedly'), log);
    expect(wire).toEqual(statusOf(outage('STORE_UNAVAILABLE')));
    expect(log.lines.join()).toContain('the database is away');
  });

  it.each(['a text', undefined, null, 7, { code: 0 }])(
    'answers whatever else was thrown as a bug: %p',
    async (thrown) => {
      expect(await onTheWire(thrown)).toEqual(statusOf(new Fault('INTERNAL')));
    },
  );

  it('answers a guard that said no with a reason of ours', async () => {
    expect(await onTheWire(new RpcException('Forbidden resource'))).toEqual(statusOf(new Fault('CALL_NOT_ALLOWED')));
  });

  it.each([
    [new ForbiddenException('no'), 403, 'no'],
    [new Error('Musterfrau'), 500, 'internal'],
  ])('answers HTTP without the words of a bug', (error, code, message) => {
    const sent: unknown[] = [];
    const typed = (it: number) => ({ send: (body: unknown) => sent.push(it, body) });
    const reply = { status: (it: number) => ({ type: () => typed(it) }) };
    const host = { getType: () => 'http', switchToHttp: () => ({ getResponse: () => reply }) };
    new StatusFilter(new Lines()).catch(error, host as unknown as ArgumentsHost);
    expect(sent).toEqual([code, { error: message }]);
  });
});

describe('an error in the operational log (BSI TR-03176: never personal data)', () => {
  it.each([
    ['as PostgreSQL words it', 'syntax error at or near "Musterfrau"'],
    ['over several lines', 'refused\nvalue at Musterfrau'],
    ['that looks like a place in the code', 'refused\n    at Musterfrau'],
    ['as JSON.parse words it', `Unexpected token 'M', "Musterfrau" at position 0 is not valid JSON`],
  ])('shows class, code and place of a message %s, never the message', (_case, message) => {
    const described = describeError(Object.assign(new RangeError(message), { code: '42601' }));
    expect(described).toMatchObject({
      error: 'RangeError',
      code: '42601',
      at: expect.stringMatching(/^at .*fault\.spec/),
    });
    expect(JSON.stringify(described)).not.toContain('Musterfrau');
  });

  it.each([
    ['a text', 'string'],
    [undefined, 'undefined'],
  ])('shows of %p its type only', (thrown, type) => {
    expect(describeError(thrown)).toEqual({ error: type });
  });
});
