import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { isRolledBack } from '../../src/audit/append-ahead.postgres.js';

function said(code: string): Error {
  return Object.assign(new pg.DatabaseError('said by the server', 18, 'error'), { code });
}

describe('a batch whose COMMIT is part of the statement', () => {
  it.each(['EL001', '40001', '40P01', '23505', 'P0001', '42501'])(
    'is surely not in the log after an error of the statement: %s',
    (code) => expect(isRolledBack(said(code))).toBe(true),
  );

  it.each(['57P01', '57P02', '25P03', '25P04', '08006', '08P01', '53100', '53200', '58030', '58P01', 'XX000', 'XX001'])(
    'may be in it after what FATAL and PANIC come with, too, which may strike after COMMIT: %s',
    (code) => expect(isRolledBack(said(code))).toBe(false),
  );

  it('may be in it where the server said nothing', () => {
    expect(isRolledBack(new Error('Connection terminated unexpectedly'))).toBe(false);
  });
});
