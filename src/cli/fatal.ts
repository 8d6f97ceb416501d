/** A fault that nothing can mend: the command ends with exit code 1 and this sentence. */
export class Fatal extends Error {
  override readonly name = 'Fatal'
}
