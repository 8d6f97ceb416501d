/** What the harness asks of this process, and the answer: one message, then the process ends. */

/** The job, as `harness/child.ts` wrote it. */
export const job = JSON.parse(process.argv[2])

/** Answers with numbers by name. */
export function answer(values) {
  process.send({ values }, () => process.exit(0))
}

/** Answers that there is nothing to measure, and why: a wrong figure is worse than none. */
export function fail(reason) {
  process.send({ failure: String(reason?.stack ?? reason) }, () => process.exit(1))
}

/** For `errors$` of a client: any problem makes the figure void, but for those that only the wall clock tells of. */
export function failUnlessTiming(error) {
  if (error.code !== 'SLOW_CONSUMER' && error.code !== 'SILENT_CODE') fail(error)
}

/** CPU time of this process, user and system, all threads, in µs since `start`. */
export function cpuUsSince(start) {
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/**
 * Counts messages: CPU time is taken from the end of the warm-up to the last message. When all have come, `atEnd` may
 * say why the figure must not be used (`wrong`), and add others.
 */
export function countMessages({ warm, measured }, atEnd = () => ({})) {
  const total = warm + measured
  let count = 0
  let start
  return () => {
    count++
    if (count === warm) start = process.cpuUsage()
    else if (count === total) {
      const cpuUs = cpuUsSince(start) / measured
      const { wrong, ...others } = atEnd()
      if (wrong === undefined) answer({ cpuUs, ...others })
      else fail(wrong)
    }
  }
}

process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
// Without the harness nobody waits for an answer.
process.on('disconnect', () => process.exit(1))
