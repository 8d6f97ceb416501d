/**
 * The table of layers, as a check. Reading order is data order: a folder imports from folders above it, the root files
 * of `src/` compose and may import all, and no folder imports a root file (the command line apart, which is a user
 * of the entry points). A type-only import counts like any other. A folder that is not in the table is an error:
 * a new layer is a decision, and its row comes with it.
 */

/** What every layer of the streams may import from, and what is above whoever uses the streams. */
const core = ['base', 'protocol', 'operators', 'transport']
const streams = [...core, 'rate-limit', 'registry', 'connection', 'channels']

/** Each folder of `src/` and the folders that it may import from. */
const layers = {
  base: [],
  protocol: ['base'],
  operators: ['base'],
  transport: ['base', 'protocol', 'operators'],
  auth: ['base'],
  'rate-limit': core,
  registry: core,
  connection: [...core, 'rate-limit', 'registry'],
  channels: [...core, 'rate-limit', 'registry', 'connection'],
  rest: [...streams, 'auth'],
  // What is known of an account.
  private: [...streams, 'auth', 'rest'],
  observe: [...streams, 'rest'],
  recording: ['base'],
  record: [...core, 'recording'],
  simulator: ['base', 'protocol', 'transport', 'recording'],
  cli: [...streams, 'auth', 'rest', 'observe', 'recording', 'record', 'simulator'],
}

/**
 * Of a folder with parts, which of its other parts each may import from; its own files put the parts together, and no part
 * imports one of them.
 */
const parts = {
  // What is known; what REST is asked; what the socket carries; what a full buffer dropped; another endpoint.
  private: {
    ledger: [],
    supply: ['ledger'],
    line: ['ledger', 'supply'],
    refill: ['ledger', 'supply'],
    info: ['line'],
  },
}

/** The root files that the command line is a user of. */
const entries = 'src/(api|index|operators|record|testing)\\.ts$'

const folders = Object.keys(layers).join('|')

const table = Object.entries(layers).map(([folder, above]) => ({
  name: `layer-${folder}`,
  comment: `${folder}/ may import from ${above.join('/, ') || 'no other folder'}${above.length > 0 ? '/' : ''} only`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/(${[folder, ...above].join('|')})/`, ...(folder === 'cli' ? [`^${entries}`] : [])],
  },
}))

const partsTable = Object.entries(parts).flatMap(([folder, rows]) =>
  Object.entries(rows).map(([part, above]) => ({
    name: `layer-${folder}-${part}`,
    comment: `Of ${folder}/, ${part}/ may import from ${above.join('/, ') || 'no other part'}${above.length > 0 ? '/' : ''} only`,
    severity: 'error',
    from: { path: `^src/${folder}/${part}/` },
    to: { path: `^src/${folder}/`, pathNot: `^src/${folder}/(${[part, ...above].join('|')})/` },
  })),
)

/** Packages that only some files may import: the reason, the package, and those files. */
const doors = [
  [
    'ws',
    'A socket of Node stays behind the port.',
    ['^src/transport/ws-socket\\.ts$', '^src/simulator/server[^/]*\\.ts$'],
  ],
  ['rxjs-websockets', 'Its edges are handled in one folder.', ['^src/transport/']],
  ['jsonwebtoken', "Signing is Node's, and stays behind the port.", ['^src/auth/jwt-signer\\.ts$']],
]

module.exports = {
  forbidden: [
    ...table,
    ...partsTable,
    {
      name: 'layer-unknown',
      comment: 'This folder has no row in the table of layers (.dependency-cruiser.cjs).',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${folders})/` },
      to: {},
    },
    ...doors.map(([name, comment, from]) => ({
      name: `door-${name}`,
      comment,
      severity: 'error',
      from: { path: '^src/', pathNot: from },
      to: { path: `^node_modules/(@types/)?${name}/` },
    })),
    {
      name: 'simulator-port-only',
      comment: 'The simulator knows the ports of sockets and of HTTP, not an adapter.',
      severity: 'error',
      from: { path: '^src/simulator/' },
      to: { path: '^src/transport/', pathNot: '^src/transport/(socket|http)\\.ts$' },
    },
    {
      name: 'protocol-is-pure',
      comment: 'The wire is plain data: protocol/ imports no rxjs.',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { path: '^node_modules/rxjs/' },
    },
    {
      name: 'browser-stays-portable',
      comment: 'The browser entry reaches neither `ws` nor what signs with a key nor a module of Node.',
      severity: 'error',
      from: { path: '^src/browser\\.ts$' },
      to: {
        path: [
          '^node_modules/ws/',
          '^src/transport/ws-socket\\.ts$',
          // Keys are not for pages.
          '^node_modules/jsonwebtoken/',
          '^src/auth/jwt-signer\\.ts$',
          '^src/(credentials|tokens)\\.ts$',
          // Nor is what orders with them, nor what receives of an account: a page knows its types alone.
          '^src/trading-client\\.ts$',
          '^src/rest/trading/',
          '^src/create-(account|info)-lane\\.ts$',
          '^src/transport/discreet-socket\\.ts$',
          // Code from text, which a content security policy refuses.
          '^src/protocol/fused/generate-reader\\.ts$',
          '^src/(private|recording|record|simulator|cli)/',
        ],
        reachable: true,
      },
    },
    {
      name: 'node-modules-of-node-at-the-edges',
      comment:
        "Only the Node adapters, recordings, the simulator, the command line and the Node entry import Node's own modules.",
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/transport/ws-socket\\.ts$',
          '^src/auth/jwt-signer\\.ts$',
          '^src/(recording|record|simulator|cli)/',
          '^src/(index|testing)\\.ts$',
        ],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycle',
      comment: 'Modules read in one order.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-rxjs-internal',
      comment: 'rxjs/internal is not part of its contract.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^node_modules/rxjs/(internal|dist/[^/]+/internal)/' },
    },
    {
      name: 'sources-alone',
      comment: 'Nothing in src/ imports specs, scripts, examples or benchmarks.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(spec|scripts|examples|bench|docs)/' },
    },
    {
      name: 'declared-dependency',
      comment: 'What src/ imports is a dependency or the peer of the published package.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        // A peer is a development dependency as well, for the specs.
        dependencyTypesNot: ['npm-peer'],
        // Only types, which the build leaves out.
        pathNot: '^node_modules/@types/',
      },
    },
    {
      name: 'resolvable',
      comment: 'The imported file does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
}
