const transform = { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' } } }] }

module.exports = {
  projects: [
    {
      displayName: 'node',
      testEnvironment: 'node',
      testPathIgnorePatterns: ['no-socket.test.ts'],
      transform,
    },
    {
      // jsdom takes the package's `browser` entry: all of it under the exchange in memory.
      displayName: 'jsdom',
      testEnvironment: 'jsdom',
      setupFiles: ['./jsdom.setup.cjs'],
      testPathIgnorePatterns: ['/socket.test.ts'],
      transform,
    },
    {
      // `startExchange` listens with `ws`, whose `browser` entry is empty: jsdom with the entries for Node.
      displayName: 'jsdom, real sockets',
      testEnvironment: 'jsdom',
      testPathIgnorePatterns: ['no-socket.test.ts'],
      testEnvironmentOptions: { customExportConditions: ['node', 'node-addons'] },
      setupFiles: ['./jsdom.setup.cjs'],
      transform,
    },
  ],
}
