import { describe, expect, it } from '@jest/globals';
import { readNodeConfig } from '../../src/node-config.js';
import { ConfigFault, oneOf, readConfig, text, whole } from '../../src/platform/config.js';

const faultsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
  return [];
};

const good = {
  EINMAL_PARTICIPANT: 'node',
  EINMAL_CATALOGUE: 'catalogue',
  EINMAL_KEYS: 'keys',
  DATABASE_URL: 'postgres://node:secret@localhost/node',
  EINMAL_GRPC_PORT: '5001',
  EINMAL_HTTP_PORT: '5002',
  EINMAL_ISSUER: 'https://node.example',
  EINMAL_LOG_ORIGIN: 'node.example/log',
  EINMAL_CHECKPOINT_FILE: 'checkpoint',
};

describe('the configuration of a process', () => {
  it('is read once, frozen, with defaults', () => {
    const config = readNodeConfig(good);
    expect(config).toMatchObject({ participant: 'node', grpcPort: 5001, mode: 'production', grpcHost: 'localhost' });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('is refused with all its faults at once', () => {
    const faults = faultsOf(() =>
      readNodeConfig({ ...good, EINMAL_KEYS: undefined, EINMAL_GRPC_PORT: '0', EINMAL_MODE: 'x' }),
    );
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['EINMAL_MODE', 'EINMAL_KEYS', 'EINMAL_GRPC_PORT']);
  });

  it('never shows a value in a fault: it may be a secret', () => {
    const faults = faultsOf(() => readNodeConfig({ ...good, EINMAL_GRPC_PORT: 'pa55word', EINMAL_ISSUER: '' }));
    expect(faults.join()).not.toContain('pa55word');
  });

  it.each(Object.keys(good))(
    'refuses a missing and an empty %s alike: an empty variable is one that was not set',
    (name) => {
      for (const value of [undefined, '']) {
        const faults = faultsOf(() => readNodeConfig({ ...good, [name]: value }));
        expect(faults).toEqual([expect.stringMatching(`^${name} `)]);
      }
    },
  );

  it.each(['0', '65536', '-1', '1.5', 'x', '80 80', 'NaN', 'Infinity', '0x50', '1e3', ' 80'])(
    'refuses the port "%s"',
    (value) => {
      expect(faultsOf(() => readNodeConfig({ ...good, EINMAL_GRPC_PORT: value }))).toEqual([
        'EINMAL_GRPC_PORT must be a whole number from 1 to 65535',
      ]);
    },
  );

  it.each(['1', '65535'])('takes the port %s', (value) => {
    expect(readNodeConfig({ ...good, EINMAL_GRPC_PORT: value }).grpcPort).toBe(Number(value));
  });

  it.each([
    ['an issuer that is no https URL (RFC 8414 § 2)', { EINMAL_ISSUER: 'http://node.example' }, 'EINMAL_ISSUER'],
    ['a preview longer than 60 minutes (design 3)', { EINMAL_PREVIEW_MINUTES: '61' }, 'EINMAL_PREVIEW_MINUTES'],
    [
      'a register that may take longer than the whole exchange',
      { EINMAL_REGISTER_TIMEOUT_MS: '15000' },
      'EINMAL_REGISTER_TIMEOUT_MS',
    ],
    [
      'a neutral answer for which the usual deadline leaves no time (IDNrG § 6 Abs. 5)',
      { EINMAL_NEUTRAL_ANSWER_MS: '4900' },
      'EINMAL_NEUTRAL_ANSWER_MS',
    ],
    ['a usual deadline beyond the longest', { EINMAL_DEFAULT_DEADLINE_MS: '20000' }, 'EINMAL_DEFAULT_DEADLINE_MS'],
  ])('refuses %s', (_rule, wrong, variable) => {
    expect(faultsOf(() => readNodeConfig({ ...good, ...wrong }))).toEqual([expect.stringContaining(variable)]);
  });

  it('takes the fallback where a variable is empty or missing', () => {
    const settings = {
      name: text('NAME', 'fallback'),
      count: whole('COUNT', { min: 0, max: 9, fallback: 7 }),
      mode: oneOf('MODE', ['a', 'b'], 'b'),
    };
    for (const value of [undefined, ''])
      expect(readConfig(settings, { NAME: value, COUNT: value, MODE: value })).toEqual({
        name: 'fallback',
        count: 7,
        mode: 'b',
      });
  });
});
