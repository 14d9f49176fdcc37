/**
 * Which room may import what: the executable form of the architecture (walk: src/README.md).
 * Groups in a `from` path are used as $1 in `to`: "the same room".
 */

/** Rooms that must not learn anything about a person or a payload (IDNrG § 7 Abs. 2 S. 4). */
const CONTENT_BLIND = '^src/(permission|intermediary)/';
const PERSON_OR_PAYLOAD =
  '^src/(identity|evidence|registers|register-edge|exchange|prefill|consent|verify|client|demo)/' +
  '|^src/tokens/(attestation|evidence-credential|register-request|subject-commitment|trigger-token)\\.ts$';

const ROOM = '^src/([^/]+)/';

/** Files that only their own room's wiring may import: adapters, tables, edges. */
const ADAPTER = '\\.(postgres|mysql|sqlite|sql|grpc|https|rest|directory|files?|worker|xnachweis|xroad)\\.ts$';
const TABLE = '\\.table\\.ts$';
const EDGE = '\\.(rpc|http|page)\\.tsx?$';
/** Wiring: modules and the files that start a process. */
const WIRING = '(\\.module|/main|/start-[a-z-]+|/node-parts|/open-source)\\.ts$';

/** Which catalogue is in force for a database: commands beside the nodes decide by what two persons decided. */
const IN_FORCE = '^src/governance/start-governance\\.ts$';

const NEST_OR_ORM = '^(@nestjs/|@mikro-orm/|pg($|/)|fastify($|/))|node_modules/(@nestjs|@mikro-orm|pg|fastify)/';

/** Modules that reach outside the process or the moment. `crypto` is absent: hashing is pure. */
const IO =
  '^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster|timers|process)($|/)' +
  '|^(@grpc/|@nestjs/|@mikro-orm/|pg|mysql2|fastify|pino)' +
  '|node_modules/(@grpc|@nestjs|@mikro-orm|pg|mysql2|fastify|pino)/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Circular imports between injectables fail when ES modules are loaded.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'What does not resolve is checked by no other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'Every package that is imported is listed in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-packages-in-production',
      comment: 'A deployment is installed without devDependencies.',
      severity: 'error',
      from: { path: '^(src|libs)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'libs-know-nothing-of-src',
      comment: 'A lib implements one published specification and could be published tomorrow.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(src|test|bench|examples)/' },
    },
    {
      name: 'libs-without-framework',
      comment: 'A lib imports neither Nest nor the ORM.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: NEST_OR_ORM },
    },
    {
      name: 'adapters-are-private',
      comment: 'Others import the port; only the wiring of a process chooses an adapter.',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: [WIRING, ADAPTER, '^src/(demo|cli)/'] },
      to: { path: ADAPTER },
    },
    {
      name: 'adapters-of-other-rooms-are-private',
      comment: 'An adapter may share code with adapters of its own room alone.',
      severity: 'error',
      from: { path: `${ROOM}.*${ADAPTER}` },
      to: { path: ADAPTER, pathNot: '^src/$1/' },
    },
    {
      name: 'tables-are-private',
      comment: 'A table is known to the adapters of its room alone.',
      severity: 'error',
      from: { path: ROOM, pathNot: WIRING },
      to: { path: TABLE, pathNot: '^src/$1/' },
    },
    {
      name: 'edges-are-private',
      comment: 'An edge decodes, dispatches and encodes; nothing calls it but the framework.',
      severity: 'error',
      from: { pathNot: WIRING },
      to: { path: EDGE },
    },
    {
      name: 'modules-are-wired-by-modules',
      comment: 'A Nest module is imported by modules and by the file that starts the process.',
      severity: 'error',
      from: { pathNot: WIRING },
      to: { path: '\\.module\\.ts$' },
    },
    {
      name: 'mains-are-roots',
      comment: 'A file that starts a process is started, not imported.',
      severity: 'error',
      from: {},
      to: { path: '(^|/)main\\.ts$' },
    },
    {
      name: 'permission-is-content-blind',
      comment:
        'IDNrG § 7 Abs. 2: the permission is checked abstractly, by a third party without knowledge of the content. No path leads there, however long.',
      severity: 'error',
      from: { path: CONTENT_BLIND },
      to: { path: PERSON_OR_PAYLOAD, reachable: true },
    },
    {
      name: 'permission-has-no-record',
      comment: 'The log of the exchange holds persons (encrypted); the intermediary keeps a log of its own.',
      severity: 'error',
      from: { path: CONTENT_BLIND },
      to: { path: '^src/(audit|vault|erasure|transparency|witnesses|reconciliation|recovery)/' },
    },
    {
      name: 'verifier-stands-alone',
      comment: 'Who verifies must not trust the code of who is verified: libs, packages and node only.',
      severity: 'error',
      from: { path: '^src/verify/' },
      to: { path: '^src/', pathNot: '^src/verify/' },
    },
    {
      name: 'demo-is-no-part-of-production',
      comment: 'Simulators and development keys stay where they are; the CLI starts the generator.',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: '^src/(demo|cli)/' },
      to: { path: '^src/demo/' },
    },
    {
      name: 'nobody-imports-the-cli',
      severity: 'error',
      comment: 'The CLI is a root.',
      from: { pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'client-is-thin',
      comment:
        'An online service takes the client without taking the node: tokens, catalogue types, platform, the form of the answer that the verifier reads, and how a form is filled.',
      severity: 'error',
      from: { path: '^src/client/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(client|tokens|platform)/|^src/catalogue/catalogue\\.ts$|^src/verify/(answer|archive|sample-file)\\.ts$|^src/prefill/form\\.ts$',
      },
    },
    {
      name: 'nobody-imports-the-client',
      comment: 'Callers use it: pages, demo, CLI, examples, bench.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(client|pages|demo|cli)/' },
      to: { path: '^src/client/' },
    },
    {
      name: 'tokens-are-shapes',
      comment: 'What travels between processes is understood by all of them.',
      severity: 'error',
      from: { path: '^src/tokens/' },
      to: { path: '^src/', pathNot: '^src/(tokens|platform)/|^src/catalogue/catalogue\\.ts$' },
    },
    {
      name: 'prefill-is-pure',
      comment: 'Prefill maps what evidence says to fields; it fetches nothing.',
      severity: 'error',
      from: { path: '^src/prefill/', pathNot: [EDGE, WIRING] },
      to: { path: IO },
    },
    {
      name: 'prefill-imports-shapes',
      comment: 'If prefill needs a port, something is in the wrong place.',
      severity: 'error',
      from: { path: '^src/prefill/', pathNot: [EDGE, WIRING] },
      to: {
        path: '^src/',
        pathNot:
          '^src/(prefill|tokens)/|^src/catalogue/catalogue\\.ts$|^src/platform/(rpc-types/|clock\\.ts$|secrets\\.ts$|reasons\\.ts$)',
      },
    },
    {
      name: 'platform-knows-no-domain',
      comment: 'The process, not the domain; the types of the catalogue say who a caller is.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/platform/|^src/catalogue/catalogue\\.ts$' },
    },
    {
      name: 'telemetry-has-one-door',
      comment: 'What becomes a span or a label is decided in one place, where no value of a request gets in.',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: '^src/platform/telemetry/' },
      to: { path: '^@opentelemetry/|node_modules/@opentelemetry/' },
    },
    {
      name: 'catalogue-is-at-the-bottom',
      comment: 'Everybody reads the catalogue, so it reads nobody.',
      severity: 'error',
      from: { path: '^src/catalogue/', pathNot: [EDGE, WIRING] },
      to: { path: '^src/', pathNot: '^src/(catalogue|platform|tokens)/' },
    },
    {
      name: 'audit-is-told',
      comment: 'The log records what others tell it and asks nobody.',
      severity: 'error',
      from: { path: '^src/audit/', pathNot: [EDGE, WIRING] },
      to: { path: '^src/', pathNot: '^src/(audit|vault|catalogue|platform|tokens)/' },
    },
    {
      name: 'vault-stands-alone',
      comment: 'What must not be in the database knows nothing of the database.',
      severity: 'error',
      from: { path: '^src/vault/' },
      to: { path: '^src/', pathNot: '^src/(vault|platform)/' },
    },
    {
      name: 'erasure-and-transparency-use-the-log',
      comment: 'Forgetting and showing work on the log and its keys, and on nothing that fills it.',
      severity: 'error',
      from: { path: '^src/(erasure|transparency)/' },
      to: {
        path: '^src/',
        pathNot: ['^src/(audit|vault|witnesses|catalogue|platform|tokens|access|identity|$1)/', IN_FORCE],
      },
    },
    {
      name: 'citizen-asks-for-themself',
      comment:
        'What a person asks about themself works on the log, their decisions and the word of registers; nobody is looked up for it.',
      severity: 'error',
      from: { path: '^src/citizen/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(citizen|access|audit|vault|witnesses|catalogue|consent|transparency|platform|tokens)/|^src/identity/subject-token\\.ts$',
      },
    },
    {
      name: 'erasure-knows-nobody',
      comment:
        'What is forgotten is named by class, month and record id: whoever forgets needs neither caller nor person.',
      severity: 'error',
      from: { path: '^src/erasure/' },
      to: { path: '^src/(access|identity)/' },
    },
    {
      name: 'transparency-opens-tokens',
      comment: 'A person is asked about by a token of the directory lookup, and looked up by nothing here.',
      severity: 'error',
      from: { path: '^src/transparency/' },
      to: { path: '^src/identity/', pathNot: '^src/identity/subject-token\\.ts$' },
    },
    {
      name: 'access-writes-down-who-came',
      comment: 'Who may call: keys and claims of the catalogue, and an entry for whoever signed in.',
      severity: 'error',
      from: { path: '^src/access/', pathNot: WIRING },
      to: { path: '^src/', pathNot: '^src/(access|audit|catalogue|platform|tokens)/' },
    },
    {
      name: 'witnesses-see-the-log-alone',
      comment: 'Collecting cosignatures needs checkpoints and proofs: no record, no exchange.',
      severity: 'error',
      from: { path: '^src/witnesses/' },
      to: { path: '^src/', pathNot: '^src/(witnesses|audit|catalogue|platform|tokens)/' },
    },
    {
      name: 'reconciliation-compares-logs',
      comment: 'What is compared is our log and that of a register: nothing of an exchange but its traces.',
      severity: 'error',
      from: { path: '^src/reconciliation/' },
      to: {
        path: '^src/',
        pathNot: ['^src/(reconciliation|audit|vault|catalogue|platform|tokens)/|^src/registers/peers\\.ts$', IN_FORCE],
      },
    },
    {
      name: 'oversight-reads-the-log',
      comment:
        'Whoever inspects reads the log, the rules and the log of a register: no exchange, no evidence, no directory.',
      severity: 'error',
      from: { path: '^src/oversight/', pathNot: WIRING },
      to: {
        path: '^src/',
        pathNot:
          '^src/(oversight|transparency|access|audit|vault|witnesses|catalogue|platform|tokens)/|^src/reconciliation/register-(log|line)\\.ts$|^src/erasure/retention\\.ts$|^src/permission/(current-rules|decode-question|explain-agreed|explanation\\.wire)\\.ts$',
      },
    },
    {
      name: 'processing-log-reads-the-log',
      comment: 'Lines are made of what was logged: no exchange, no key, no person but the pseudonym of an epoch.',
      severity: 'error',
      from: { path: '^src/processing-log/' },
      to: { path: '^src/', pathNot: '^src/(processing-log|platform)/' },
    },
    {
      name: 'governance-changes-the-catalogue',
      comment:
        'A change of the law is proposed, simulated, decided and logged; it needs nothing of an exchange but what was asked abstractly.',
      severity: 'error',
      from: { path: '^src/governance/', pathNot: WIRING },
      to: {
        path: '^src/',
        pathNot:
          '^src/(governance|access|audit|catalogue|platform|tokens)/|^src/permission/(intermediary|loosened-demands|policy\\.wire|replay-checks|rule-index)\\.ts$',
      },
    },
    {
      name: 'onboarding-makes-proposals',
      comment: 'Who joins needs keys and the words of the catalogue, and nothing of a process that runs.',
      severity: 'error',
      from: { path: '^src/onboarding/' },
      to: { path: '^src/', pathNot: '^src/(onboarding|catalogue|platform|tokens)/' },
    },
    {
      name: 'nobody-imports-onboarding',
      comment: 'Private keys of others are made at a command line, not in a process.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(onboarding|cli|demo)/' },
      to: { path: '^src/onboarding/' },
    },
    {
      name: 'recovery-checks-what-was-logged',
      comment:
        'Checking and recovering works on the log, its keys and the administrators, and on nothing that fills it.',
      severity: 'error',
      from: { path: '^src/recovery/' },
      to: { path: '^src/', pathNot: ['^src/(audit|vault|catalogue|platform|tokens|recovery)/', IN_FORCE] },
    },
    {
      name: 'scenarios-ask-the-rules',
      comment: 'A scenario runs through the functions that decide, and through nothing that would have to be set up.',
      severity: 'error',
      from: { path: '^src/scenario/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(scenario|catalogue|permission|tokens)/|^src/consent/(trigger|wanted)\\.ts$|^src/exchange/minimise\\.ts$|^src/platform/(paths|german-day)\\.ts$',
      },
    },
    {
      name: 'nobody-imports-the-doctor',
      comment: 'It looks at processes of every side from a command line; none of them works by what it finds.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(doctor|cli)/' },
      to: { path: '^src/doctor/' },
    },
    {
      name: 'nobody-imports-scenarios',
      comment: 'Cases say what the rules must decide; no process decides by them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(scenario|cli)/' },
      to: { path: '^src/scenario/' },
    },
    {
      name: 'exchange-is-the-story',
      comment: 'The rooms that the story uses do not know the story.',
      severity: 'error',
      from: {
        path: '^src/(access|audit|catalogue|citizen|consent|erasure|evidence|governance|identity|oversight|permission|prefill|reconciliation|recovery|registers|tokens|transparency|vault|witnesses|platform)/',
        pathNot: WIRING,
      },
      to: { path: '^src/exchange/' },
    },
    {
      name: 'sides-are-separate',
      comment:
        'Node, intermediary and register edge are processes of different bodies: what they share are tokens, catalogue, permission rules, platform and the pure identity rules.',
      severity: 'error',
      from: { path: '^src/register-edge/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(register-edge|witness-desk|tokens|catalogue|platform|permission)/|^src/identity/(idnr|name|person-key|company-key|check-digit)\\.ts$',
      },
    },
    {
      name: 'nobody-imports-a-side',
      comment: 'The intermediary, the register edge and the witness in it are talked to over the wire.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(demo|cli|doctor|intermediary|register-edge|witness-desk)/' },
      to: { path: '^src/(intermediary|register-edge|witness-desk)/' },
    },
    {
      name: 'witness-is-a-counterparty',
      comment:
        'Who vouches for a log must not share its code or its data: checkpoints, keys and the process, nothing of a side.',
      severity: 'error',
      from: { path: '^src/witness-desk/' },
      to: { path: '^src/', pathNot: '^src/(witness-desk|tokens|catalogue|platform)/' },
    },
    {
      name: 'examination-shares-nothing',
      comment: 'What the fault harness holds the log against must not be fooled by the code that writes it.',
      severity: 'error',
      from: { path: '^test/(chaos/checks|verifier)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(src|libs)/', reachable: true },
    },
    {
      name: 'pages-ask-the-node',
      comment:
        'Pages see of a person what the node answers in their session: no key of an exchange, no log, no register.',
      severity: 'error',
      from: { path: '^src/pages/' },
      to: { path: '^src/', pathNot: '^src/(pages|client|catalogue|tokens|platform)/' },
    },
    {
      name: 'nobody-imports-pages',
      comment: 'Pages are talked to by browsers.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(pages|demo|cli)/' },
      to: { path: '^src/pages/' },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports and that imports nobody is left over.',
      severity: 'error',
      from: { orphan: true, path: '^(src|libs)/', pathNot: ['\\.d\\.ts$', '^src/platform/rpc-types/', '^src/verify/'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
