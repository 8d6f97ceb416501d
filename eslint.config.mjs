/**
 * Lint: typescript-eslint's strict typed rules and the RxJS rules, then what this project asks for beside them.
 *
 * The rule of C14.1 is here: in `src/` only the environment (`src/base/environment.ts` and its twin for a scheduler)
 * reads a clock, starts a timer, draws a random number or makes an id. The table of layers is not here but in
 * `.dependency-cruiser.cjs`. Every rule that is off has its reason beside it, in this file and in the sources.
 */
import comments from '@eslint-community/eslint-plugin-eslint-comments/configs'
import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import rxjsX from 'eslint-plugin-rxjs-x'
import tseslint from 'typescript-eslint'

const throughEnvironment = 'Take it from the `Environment` port (C14.1): the same seed gives the same bytes.'

/** What of rxjs reads the clock or starts a timer by itself. `queueScheduler` does neither. */
const rxjsTime = [
  'timer',
  'interval',
  'delay',
  'debounceTime',
  'throttleTime',
  'auditTime',
  'sampleTime',
  'bufferTime',
  'windowTime',
  'timeout',
  'timeoutWith',
  'timeInterval',
  'timestamp',
  'animationFrames',
  'async',
  'asyncScheduler',
  'asap',
  'asapScheduler',
  'animationFrame',
  'animationFrameScheduler',
]

const timerFunctions = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'requestAnimationFrame',
  'requestIdleCallback',
]
const globalObjects = ['globalThis', 'window', 'self', 'global']

const restrictedProperties = [
  { object: 'Date', property: 'now' },
  { object: 'Math', property: 'random' },
  { object: 'crypto', property: 'randomUUID' },
  { object: 'crypto', property: 'getRandomValues' },
  { object: 'process', property: 'hrtime' },
  { object: 'process', property: 'uptime' },
  { object: 'AbortSignal', property: 'timeout' },
  ...globalObjects.flatMap((object) =>
    [...timerFunctions, 'performance', 'crypto'].map((property) => ({ object, property })),
  ),
].map((restriction) => ({ ...restriction, message: throughEnvironment }))

const restrictedImports = {
  paths: [
    { name: 'rxjs', importNames: rxjsTime, message: throughEnvironment },
    {
      name: 'node:crypto',
      importNames: ['randomUUID', 'randomBytes', 'randomInt', 'randomFill', 'getRandomValues', 'webcrypto'],
      message: throughEnvironment,
    },
    ...['timers', 'timers/promises', 'perf_hooks'].flatMap((name) => [
      { name, message: throughEnvironment },
      { name: `node:${name}`, message: throughEnvironment },
    ]),
  ],
}

const explicitExports = {
  // `api.ts` is that list for both root entries, which differ in their platform alone.
  selector: "ExportAllDeclaration[source.value!='./api']",
  message: 'An entry point names what it exports, so that a public change is a change of its list.',
}

const hiddenTime = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: throughEnvironment },
  { selector: "CallExpression[callee.name='Date']", message: throughEnvironment },
  {
    selector: "NewExpression[callee.name='ReplaySubject'][arguments.length>1]",
    message: `A replay window reads the clock. ${throughEnvironment}`,
  },
  {
    selector: "CallExpression[callee.name=/^(retry|repeat)$/] Property[key.name='delay'] > Literal",
    message: `A delay in milliseconds starts a timer of rxjs's own: return \`environment.timer$(…)\`. ${throughEnvironment}`,
  },
]

const everySpecRuns = 'A spec that does not run proves nothing: mend it or delete it.'

/** Jest's words for leaving a spec out, for running it alone and for expecting it to fail. */
const idleSpecs = ['it', 'test', 'describe'].flatMap((object) =>
  ['only', 'skip', 'todo', 'failing'].map((property) => ({ object, property, message: everySpecRuns })),
)
const idleGlobals = ['fit', 'xit', 'xtest', 'fdescribe', 'xdescribe'].map((name) => ({
  name,
  message: everySpecRuns,
}))
const idleConcurrentSpecs = {
  selector: "MemberExpression[object.property.name='concurrent'][property.name=/^(only|skip|todo|failing)$/]",
  message: everySpecRuns,
}

/** The globals of the Node that runs this, and the two of a CommonJS file that are none of them. */
const nodeGlobals = Object.fromEntries(
  [...Object.getOwnPropertyNames(globalThis), 'module', 'require'].map((name) => [name, 'readonly']),
)

export default defineConfig(
  globalIgnores(['dist/', 'site/', 'coverage/', 'etc/', 'temp/', '.cache/', '**/node_modules/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  js.configs.recommended,
  comments.recommended,
  {
    rules: {
      '@eslint-community/eslint-comments/require-description': ['error', { ignore: ['eslint-enable'] }],
      '@eslint-community/eslint-comments/disable-enable-pair': ['error', { allowWholeFile: true }],
      eqeqeq: 'error',
      // A variable that a callback reads before its one assignment cannot be a constant.
      'prefer-const': ['error', { ignoreReadBeforeAssign: true }],
      // Off: the compiler asks for the first value that this rule calls useless.
      'no-useless-assignment': 'off',
      'no-console': 'error',
    },
  },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, rxjsX.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // Relative paths have no extension: the bundler resolves them, and one spelling is enough.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^\\.{1,2}/.*\\.[cm]?[jt]s$', message: 'Leave the extension off.' }] },
      ],
      // `() => subject.next()` and `return close()` in a void function read as what they do; the rule keeps its worth where a void value is *used*.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Numbers in a message are what a message is for; anything else in a template is still an error.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Off: `Type<A, A, unknown>` is plainer with its last word written than with the reader looking it up.
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      // An interface that only names a codec's type reads as its name in an editor, not as thirty fields.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      // Off: a look-alike of another build of the package is meant to pass for ours (C1.5).
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Off: a type parameter that is named once still ties a caller's annotation to the result (`decode<E>()`).
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',

      'rxjs-x/finnish': [
        'error',
        {
          names: {
            // Subjects have their own suffix.
            Subject$: false,
            // rxjs's words for an operator's input and for the callbacks that its options take.
            '^(source|connector|notifier|delay)$': false,
            // Among other things these may be an observable; their name says what it is for.
            '^(deliver|ready|readyOf)$': false,
            // The ports' verbs: `OpenSocket` and `SendHttp` are actions that are told by their observables.
            '^(openSocket|sendHttp)$': false,
          },
        },
      ],
      'rxjs-x/suffix-subjects': 'error',
      'rxjs-x/no-exposed-subjects': 'error',
      'rxjs-x/no-subclass': 'error',
      'rxjs-x/no-misused-observables': 'error',
      'rxjs-x/no-floating-observables': 'error',
      'rxjs-x/ban-operators': [
        'error',
        {
          retryWhen: 'Deprecated in rxjs 7.8: use `retry({ delay })`, which `retryWithBackoff` wraps.',
          repeatWhen: 'Deprecated in rxjs 7.8: use `repeat({ delay })`.',
          shareReplay:
            'Keeps its source by a reference count of its own: use `share({ connector, resetOn… })`.',
        },
      ],
    },
  },

  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-globals': [
        'error',
        ...[...timerFunctions, 'performance'].map((name) => ({ name, message: throughEnvironment })),
      ],
      'no-restricted-properties': ['error', ...restrictedProperties],
      'no-restricted-imports': ['error', restrictedImports],
      'no-restricted-syntax': ['error', explicitExports, ...hiddenTime],
      'rxjs-x/no-ignored-subscription': 'error',
    },
  },
  {
    // C14.1's one place: the port itself, over the real clock and over a scheduler.
    files: ['src/base/environment.ts', 'src/base/scheduler-environment.ts'],
    rules: {
      'no-restricted-globals': 'off', // it is what the port wraps
      'no-restricted-properties': 'off', // it is what the port wraps
      'no-restricted-imports': 'off', // it is what the port wraps
      'no-restricted-syntax': ['error', explicitExports],
    },
  },
  {
    files: ['src/{transport,connection,simulator}/**/*.ts'],
    rules: {
      // A failed dial and a closed socket are data for the verdict, not exceptions: `SocketFailure` has no stack.
      'rxjs-x/throw-error': 'off',
      // The port promises that type for its errors; `unknown` and a cast would say the same with more words.
      'rxjs-x/no-implicit-any-catch': 'off',
    },
  },
  {
    // A program's output is its purpose; in a browser the console is the one place for a warning (C8.1).
    files: ['src/cli/**/*.ts', 'src/observe/warn.ts', '{scripts,examples,bench,consumers}/**/*'],
    rules: { 'no-console': 'off' }, // see above
  },

  {
    files: ['spec/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...idleSpecs],
      'no-restricted-imports': [
        'error',
        {
          name: 'fast-check',
          message: 'Import `spec/support/seeded-fast-check`: a run says the same each time.',
        },
      ],
      'no-restricted-globals': ['error', ...idleGlobals],
      'no-restricted-syntax': ['error', idleConcurrentSpecs],
      // Marble diagrams keep rxjs's words: `source`, `expected`, `subs`.
      'rxjs-x/finnish': 'off',
      // A subject is a spec's hand on the input; the spec is its only reader.
      'rxjs-x/suffix-subjects': 'off',
      // `subscribe` inside a callback is the re-entrancy under test.
      'rxjs-x/no-nested-subscribe': 'off',
      // Anything may be thrown at us: specs throw strings and plain objects to see it arrive.
      'rxjs-x/throw-error': 'off',
      'rxjs-x/no-implicit-any-catch': 'off', // as above
      '@typescript-eslint/only-throw-error': 'off', // as above
      '@typescript-eslint/prefer-promise-reject-errors': 'off', // as above
      // The fixtures are known: `events[0]!` fails loudly enough where it is wrong.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `expect(socket.send).toHaveBeenCalled()` is how jest is spoken to.
      '@typescript-eslint/unbound-method': 'off',
      // A fake keeps its port's signature: async without await, a handler that does nothing.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off', // as above
      // Parsed JSON and broken frames are `any` and are taken apart on purpose; a wrong path fails the expectation.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off', // as above
      '@typescript-eslint/no-unsafe-argument': 'off', // as above
      '@typescript-eslint/no-unsafe-return': 'off', // as above
    },
  },
  {
    // A type-level spec states types; its values are never read.
    files: ['spec/types/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-vars': 'off' }, // see above
  },
  {
    // Settings and plain scripts belong to no compiled project; the benchmarks and the consumers have dependencies of
    // their own, which only their commands install. All are linted without types.
    files: ['**/*.{js,mjs,cjs}', '{bench,consumers}/**/*'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: nodeGlobals },
    rules: Object.fromEntries(Object.keys(rxjsX.rules).map((name) => [`rxjs-x/${name}`, 'off'])),
  },
  {
    files: ['spec/support/seeded-fast-check.ts'],
    rules: { 'no-restricted-imports': 'off' }, // it is what seeds it
  },
  {
    // What a user's file looks like is the user's: extensions as each tool wants them, CommonJS where that is the point.
    files: ['consumers/**/*'],
    languageOptions: { globals: { __dirname: 'readonly', document: 'readonly' } },
    rules: {
      '@typescript-eslint/no-restricted-imports': 'off', // see above
      '@typescript-eslint/no-require-imports': 'off', // see above
      '@typescript-eslint/no-extraneous-class': 'off', // a module of NestJS is an empty class
    },
  },
)
