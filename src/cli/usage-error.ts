/** Wrong usage: one sentence that says what is wrong and proposes what was probably meant. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
