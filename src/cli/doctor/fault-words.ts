/** What the system says went wrong, in a sentence, and what to do about it. */
import { oneLine } from '../one-line'
import { Fault } from './finding'

const clockAdvice = 'Set the clock of this machine: a certificate is good for a time.'
const inspected =
  'Somebody on the way may read along: a proxy of a company needs its certificate in NODE_EXTRA_CA_CERTS.'

/** By the code of Node's error. */
const words: Readonly<Record<string, readonly [found: string, advice: string]>> = {
  ENOTFOUND: ['The name is not known.', 'Check --url and the DNS server of this machine.'],
  EAI_AGAIN: ['No DNS server answers.', 'Check the network and the DNS server of this machine.'],
  ECONNREFUSED: [
    'Nothing listens there: the connection was refused.',
    'Check host and port; for an exchange on this machine start `upbit-rx simulate`.',
  ],
  ECONNRESET: [
    'The connection was cut.',
    'A firewall or a proxy on the way may do that; try another network.',
  ],
  EHOSTUNREACH: ['There is no way to that address.', 'Check the network, a VPN, the firewall.'],
  ENETUNREACH: [
    'There is no way to that network.',
    'Check the network; without IPv6 try NODE_OPTIONS=--dns-result-order=ipv4first.',
  ],
  ETIMEDOUT: ['Nobody answers.', 'A firewall may swallow it; try another network.'],
  EPROTO: ['What answers there speaks no TLS.', 'Check the port, or write ws:// where it has no TLS.'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['The certificate is signed by itself.', inspected],
  SELF_SIGNED_CERT_IN_CHAIN: ['The certificate leads to an authority that is not known.', inspected],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['The certificate leads to no authority that is known.', inspected],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['The certificate leads to no authority that is known.', inspected],
  CERT_HAS_EXPIRED: ['The certificate has expired.', clockAdvice],
  CERT_NOT_YET_VALID: ['The certificate is not valid yet.', clockAdvice],
  ERR_TLS_CERT_ALTNAME_INVALID: ['The certificate is of another host.', inspected],
}

/** Anything that was thrown, as a fault. */
export function faultOf(cause: unknown): Fault {
  const code = codeOf(cause)
  const [found, advice] = (code !== undefined && Object.hasOwn(words, code) ? words[code] : undefined) ?? []
  if (found !== undefined && advice !== undefined) return new Fault(`${found} (${code})`, advice)
  const text = oneLine(deepestText(cause)).slice(0, 200)
  if (/redirect/i.test(text)) {
    return new Fault(
      'It leads from one url to the next without end.',
      'Check the url, and a proxy on the way.',
    )
  }
  if (code?.startsWith('HPE_') === true) {
    return new Fault(`What answers there speaks no HTTP. (${code})`, 'Check host and port.')
  }
  return new Fault(`It failed: ${text.replace(/\.$/, '')}.`, 'Check the network on the way there.')
}

/** What `fetch` says itself is that it failed; why is in what caused that. */
function deepestText(cause: unknown): string {
  const { message, cause: inner } = Object(cause) as { readonly message?: unknown; readonly cause?: unknown }
  if (inner !== undefined) return deepestText(inner)
  return typeof message === 'string' ? message : String(cause)
}

/** The code of an error or of what caused it; an attempt over several addresses has one a piece. */
function codeOf(cause: unknown): string | undefined {
  const {
    code,
    cause: inner,
    errors,
  } = Object(cause) as {
    readonly code?: unknown
    readonly cause?: unknown
    readonly errors?: readonly unknown[]
  }
  if (typeof code === 'string') return code
  if (inner !== undefined) return codeOf(inner)
  return Array.isArray(errors) ? codeOf(errors[0]) : undefined
}

/** What an exchange means by refusing with an HTTP status. */
export function refusalFault(status: number, what: string, waitMs: number | undefined): Fault {
  const answer = `${what} was answered with HTTP ${status}`
  const wait = waitMs === undefined ? 'a while' : `${Math.ceil(waitMs / 1000)} s`
  if (status === 429) {
    return new Fault(
      `${answer}: a limit of this address is used up.`,
      `Wait ${wait}; see who else here asks so often.`,
    )
  }
  if (status === 418) {
    return new Fault(
      `${answer}: this address is blocked.`,
      `Wait ${wait} without asking; each request makes it longer.`,
    )
  }
  if (status === 401 || status === 403) {
    return new Fault(`${answer}: it was refused.`, 'Check the region, and whether the address is allowed.')
  }
  if (status >= 500) {
    return new Fault(
      `${answer}: the exchange has trouble.`,
      'Wait, and look at its notices; nothing is wrong here.',
    )
  }
  return new Fault(`${answer}, which no exchange does.`, 'Check the url: something else answers there.')
}
