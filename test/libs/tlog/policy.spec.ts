import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { cosign } from '#libs/tlog/cosignature.js';
import { formatPolicy, isFulfilled, openByPolicy, parsePolicy } from '#libs/tlog/policy.js';
import type { NoteSigner } from '#libs/tlog/signed-note.js';
import { cosigner, signer } from './keys.js';

const policyFault = (code: string, line?: number) => expect.objectContaining({ name: 'PolicyFault', code, line });
const noteFault = (code: string) => expect.objectContaining({ name: 'NoteFault', code });
const log = signer(1);
const vkey = (seed: number) => cosigner(seed).vkey;
const TIME = 1_795_000_000;

/** The shape of the example in C2SP tlog-policy, Example policy, with keys. */
const EXAMPLE = `# two organisations
log ${log.vkey}

witness X1 ${vkey(11)}
witness X2 ${vkey(12)} https://witness.example/x2/
\twitness  X3\t${vkey(13)}
group X-witnesses 2 X1 X2 X3

witness Y1 ${vkey(21)}
witness Y2 ${vkey(22)}
witness Y3 ${vkey(23)}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`;

const note = signCheckpoint({ origin: log.name, size: 10, root: Buffer.alloc(32, 7) }, [log]);
const cosignedBy = (...seeds: number[]) =>
  seeds.reduce((text, seed) => text + cosign(note, cosigner(seed), TIME), note);

describe('policies (C2SP tlog-policy)', () => {
  it('reads logs, witnesses, groups and quorum', () => {
    const policy = parsePolicy(EXAMPLE);
    expect(policy.logs).toEqual([{ name: log.name, vkey: log.vkey }]);
    expect(policy.witnesses.map(({ name }) => name)).toEqual(['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3']);
    expect(policy.witnesses[1]?.url).toBe('https://witness.example/x2/');
    expect(policy.quorum).toMatchObject({
      kind: 'group',
      threshold: 2,
      members: [
        { name: 'X-witnesses', threshold: 2 },
        { name: 'Y-witnesses', threshold: 1 },
      ],
    });
  });

  it('reads back the policy that it writes, and writes none that nobody could read', () => {
    for (const text of [EXAMPLE, 'quorum none\n', `witness X ${vkey(11)}\nquorum X\n`]) {
      const policy = parsePolicy(text);
      expect(parsePolicy(formatPolicy(policy))).toEqual(policy);
    }
    const twice = [vkey(11), vkey(11)].map((key, i) => ({ name: `X${i}`, vkey: key }));
    const quorum = { kind: 'none' } as const;
    expect(() => formatPolicy({ logs: [], witnesses: twice, quorum })).toThrow(policyFault('MALFORMED_POLICY', 2));
  });

  it('accepts a checkpoint exactly when the quorum cosigned it (Defining the quorum)', () => {
    const { quorum } = parsePolicy(EXAMPLE);
    fc.assert(
      fc.property(fc.subarray(['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3']), (names) => {
        const of = (letter: string) => names.filter((name) => name.startsWith(letter)).length;
        expect(isFulfilled(quorum, new Set(names))).toBe(of('X') >= 2 && of('Y') >= 1);
      }),
    );
  });

  it('counts cosignatures that verify, each witness once', () => {
    const policy = parsePolicy(EXAMPLE);
    expect(openByPolicy(cosignedBy(11, 13, 22), policy)).toEqual({
      checkpoint: { origin: log.name, size: 10, root: Buffer.alloc(32, 7) },
      log: log.vkey,
      cosigned: ['X1', 'X3', 'Y2'].map((witness) => ({ witness, time: TIME })),
    });
    const notReached = policyFault('QUORUM_NOT_REACHED');
    expect(() => openByPolicy(cosignedBy(11, 11, 22), policy)).toThrow(notReached);
    expect(() => openByPolicy(cosignedBy(11, 31, 22), policy)).toThrow(notReached);
    const otherNote = signCheckpoint({ origin: log.name, size: 11, root: Buffer.alloc(32, 7) }, [log]);
    const foreign = cosignedBy(11, 22) + cosign(otherNote, cosigner(12), TIME);
    expect(() => openByPolicy(foreign, policy)).toThrow(noteFault('BAD_SIGNATURE'));
  });

  it('believes its logs only, or the one that is given where it names none', () => {
    const other = signer(9, 'other.example/log');
    const foreign = signCheckpoint({ origin: other.name, size: 10, root: Buffer.alloc(32, 7) }, [other]);
    const open = (text: string, policy: string, key?: string) => openByPolicy(text, parsePolicy(policy), key).log;
    expect(open(note, `log ${log.vkey}\nquorum none\n`)).toBe(log.vkey);
    expect(open(note, 'quorum none\n', log.vkey)).toBe(log.vkey);
    expect(() => open(note, 'quorum none\n')).toThrow(noteFault('NO_KNOWN_SIGNATURE'));
    expect(() => open(foreign, `log ${log.vkey}\nquorum none\n`, other.vkey)).toThrow(noteFault('NO_KNOWN_SIGNATURE'));
    const underWrongName = signCheckpoint({ origin: 'other.example/log', size: 1, root: Buffer.alloc(32) }, [log]);
    expect(() => open(underWrongName, `log ${log.vkey}\nquorum none\n`)).toThrow(noteFault('NO_KNOWN_SIGNATURE'));
    const onlyWitness = `log ${other.vkey}\nwitness W ${vkey(11)}\nquorum W\n`;
    expect(() => open(cosignedBy(11), onlyWitness)).toThrow(noteFault('NO_KNOWN_SIGNATURE'));
  });

  it('believes a log that it names only together with the one that is given', () => {
    const policy = parsePolicy(`log ${log.vkey}\nlog ${signer(8).vkey}\nquorum none\n`);
    const by = (...signers: readonly NoteSigner[]) =>
      signCheckpoint({ origin: log.name, size: 10, root: Buffer.alloc(32, 7) }, signers);
    expect(openByPolicy(by(log), policy, log.vkey).log).toBe(log.vkey);
    expect(openByPolicy(by(signer(8), signer(9)), policy, signer(9).vkey).log).toBe(signer(8).vkey);
    for (const [text, given] of [
      [by(log), signer(8)],
      [by(log), signer(9)],
      [by(log), signer(9, 'other.example/log')],
      [by(signer(9)), signer(9)],
    ] as const)
      expect(() => openByPolicy(text, policy, given.vkey)).toThrow(noteFault('NO_KNOWN_SIGNATURE'));
  });

  it('takes octets above 0x7F for names as they are (Character set)', () => {
    const bytes = Buffer.concat([
      Buffer.from('witness '),
      Buffer.of(0xe2, 0x84, 0xaa),
      Buffer.from(` ${vkey(11)}\nwitness K ${vkey(12)}\nquorum `),
      Buffer.of(0xe2, 0x84, 0xaa),
      Buffer.from('\n'),
    ]);
    const policy = parsePolicy(bytes);
    expect(policy.witnesses).toHaveLength(2);
    expect(() => openByPolicy(cosignedBy(12), policy, log.vkey)).toThrow(policyFault('QUORUM_NOT_REACHED'));
    expect(openByPolicy(cosignedBy(11), policy, log.vkey).cosigned).toHaveLength(1);
  });

  const W = (seed: number) => `witness w${seed} ${vkey(seed)}\n`;
  it.each([
    ['no quorum', W(1), 1],
    ['nothing', '', 0],
    ['two quorums', 'quorum none\nquorum none\n', 2],
    ['a quorum that is not defined', `${W(1)}quorum w2\n`, 2],
    ['a quorum that is defined later', `quorum w1\n${W(1)}`, 1],
    ['a member that is defined later', `group g all w1\n${W(1)}quorum g\n`, 1],
    ['none as a member', `${W(1)}group g any none w1\nquorum g\n`, 2],
    ['none as a name', `witness none ${vkey(1)}\nquorum none\n`, 1],
    ['a name taken twice', `${W(1)}witness w1 ${vkey(2)}\nquorum w1\n`, 2],
    ['a key twice under two names', `${W(1)}witness w2 ${cosigner(1, 'other.example').vkey}\nquorum w1\n`, 2],
    ['a log twice', `log ${log.vkey}\nlog ${log.vkey}\nquorum none\n`, 2],
    ['a member twice', `${W(1)}group g 1 w1 w1\nquorum g\n`, 2],
    ['a member of two groups', `${W(1)}${W(2)}group g any w1\ngroup h any w1 w2\nquorum h\n`, 4],
    ['a threshold of 0', `${W(1)}group g 0 w1\nquorum g\n`, 2],
    ['a threshold above the members', `${W(1)}group g 2 w1\nquorum g\n`, 2],
    ['a threshold that is no number', `${W(1)}group g most w1\nquorum g\n`, 2],
    ['a group without members', `${W(1)}group g all\nquorum g\n`, 2],
    ['the key of a log for a witness', `witness w ${log.vkey}\nquorum w\n`, 1],
    ['the key of a witness for a log', `log ${vkey(1)}\nquorum none\n`, 1],
    ['a broken key', `log ${log.vkey.replace(/.$/, 'A')}\nquorum none\n`, 1],
    ['another keyword', 'trust everybody\n', 1],
    ['too many items', 'quorum none none\n', 1],
    ['a carriage return', 'quorum none\r\n', 1],
    ['a last line without end', 'quorum none', 1],
  ])('refuses a policy with %s', (_, text, line) => {
    expect(() => parsePolicy(text)).toThrow(policyFault('MALFORMED_POLICY', line));
  });
});
