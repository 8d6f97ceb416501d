/**
 * A jest reporter that ends a run with one plain line, `N passed, N failed`, for whoever reads a log with a tool.
 * A spec file that could not run at all counts as one failure.
 */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    const skipped = results.numPendingTests + results.numTodoTests
    const counts = [`${results.numPassedTests} passed`, `${failed} failed`]
    if (skipped > 0) counts.push(`${skipped} skipped`)
    // At the exit, since jest writes its coverage and its own summary after the last reporter has been called.
    process.once('exit', () => process.stdout.write(`\n${counts.join(', ')}\n`))
  }
}
