/**
 * The cryptography that checking a token needs. Asked of the runtime and not imported, so that the exchange in memory
 * can be bundled for a page.
 */

export interface Signatures {
  /** In base64url, as a token has it. The secret's text is the key, not decoded. */
  hmac(algorithm: 'sha256' | 'sha512', secret: string, text: string): string
  /** In lower-case hex. */
  sha512(text: string): string
}

/** Neither is there in a page. */
interface Surroundings {
  readonly process?: { readonly getBuiltinModule?: NodeJS.Process['getBuiltinModule'] }
}

/** Node's own; `undefined` where there is no Node. */
export function builtinSignatures(): Signatures | undefined {
  const { process } = globalThis as Surroundings
  const crypto = process?.getBuiltinModule?.('node:crypto')
  if (crypto === undefined) return undefined
  return {
    hmac: (algorithm, secret, text) => crypto.createHmac(algorithm, secret).update(text).digest('base64url'),
    sha512: (text) => crypto.createHash('sha512').update(text).digest('hex'),
  }
}
