/** One scenario: its server and its client, each a process of its own, bounded in time. */
import { once } from 'node:events'
import { answerOf, startChild } from '../harness/child'
import type { Workspace } from '../harness/workspace'
import { makeLoadFrames } from './load-frames'
import type { ClientSide, MeasuredLoad, ServerSide } from './measured-load'
import type { Scenario } from './scenarios'
import { turnMs } from './scenarios'

const longestWarmMs = 10_000
/** The server goes on for so long after the client has measured. */
const tailMs = 1_000
/** For starting, subscribing, and the last frames. */
const graceMs = 45_000
/** Collections are forced so seldom that they do not show in one delivery of a hundred. */
const secondsPerHeapSample = 10

export async function runScenario(
  { types, perSecond, consumers }: Scenario,
  seconds: number,
  { build, frameDirectory }: Workspace,
): Promise<MeasuredLoad> {
  const { file, keys, codes } = await makeLoadFrames(build.testing, frameDirectory, types)
  const measuredMs = 1000 * seconds
  const warmMs = Math.min(longestWarmMs, measuredMs / 2)
  const totalMs = warmMs + measuredMs + tailMs
  const heapSamples = Math.max(1, Math.round(seconds / secondsPerHeapSample))
  const server = startChild('load/server.mjs', { frames: file, keys, perSecond, totalMs })
  const [{ port }] = (await once(server, 'message')) as [{ port: number }]
  const job = { url: `ws://127.0.0.1:${port}`, build: build.build, codes, consumers, turnMs }
  const client = startChild('load/client.mjs', { ...job, warmMs, measuredMs, heapSamples }, ['--expose-gc'])

  const done = once(server, 'message').then(([message]: unknown[]) => {
    const answer = message as ServerSide
    client.send({ written: answer.written })
    return answer
  })
  // The client's reason is the better one: without it the server ends early or never.
  done.catch(() => {})
  const clientSide = await answerOf<ClientSide>(client, totalMs + graceMs)
  const serverSide = await done
  server.kill()
  return { seconds, server: serverSide, client: clientSide }
}
