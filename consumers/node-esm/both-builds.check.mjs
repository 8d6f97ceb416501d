/**
 * The package twice in one process, as happens where an ES module and a CommonJS dependency both use it: two copies of
 * the code, one connection, one set of options, one kind of error (C1.5). In a process of its own, which has to end.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runNode } from './support/run-node.mjs'

test('both builds in one process', async () => {
  const { code, stdout, stderr } = await runNode(['--test-reporter=spec', 'both-builds.mjs'])
  assert.equal(code, 0, stdout + stderr)
})
