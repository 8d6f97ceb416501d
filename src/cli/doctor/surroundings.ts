/** What the process itself has: its Node, and variables that promise a proxy. */
import { engines } from '../../../package.json'
import type { Examination } from './examination'

const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']

export function examineSurroundings(
  examination: Examination,
  version: string,
  env: Readonly<Record<string, string | undefined>>,
): void {
  const least = engines.node.replace('>=', '')
  examination.note(
    isAtLeast(version, least)
      ? { step: 'node', outcome: 'ok', found: `Node ${version}.` }
      : {
          step: 'node',
          outcome: 'fault',
          found: `Node ${version} is older than ${least}.`,
          advice: `Install Node ${least} or newer.`,
        },
  )
  const set = proxyVariables.filter((name) => (env[name] ?? '') !== '')
  // The value may hold a password; that it is there is enough.
  if (set.length > 0)
    examination.skip('proxy', `${set.join(', ')}: set, and not used; connections are direct.`)
  else examination.note({ step: 'proxy', outcome: 'ok', found: 'No variable asks for one.' })
}

function isAtLeast(version: string, least: string): boolean {
  const [have, need] = [version.replace(/^v/, ''), least].map((text) => text.split('.').map(Number))
  for (let part = 0; part < 3; part++) {
    const difference = (have?.[part] ?? 0) - (need?.[part] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}
