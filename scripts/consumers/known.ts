/**
 * The applications of `consumers/`: every folder with a `package.json`. That file says what it is (`description`) and,
 * under `consumer`, whether it is quick and how long installation and check may take, in seconds.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Consumer {
  readonly name: string
  readonly what: string
  readonly folder: string
  /** What several of them use; copied into each as `support/`. */
  readonly support: string
  readonly isQuick: boolean
  readonly limitSeconds: number
}

interface Manifest {
  readonly description?: string
  readonly consumer?: { readonly quick?: boolean; readonly limitSeconds?: number }
}

const defaultLimitSeconds = 120

/** The quick ones first, then by name. */
export function knownConsumers(folder: string): readonly Consumer[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'package.json')))
    .map((name) => {
      const manifest = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as Manifest
      return {
        name,
        what: manifest.description ?? '',
        folder: join(folder, name),
        support: join(folder, 'support'),
        isQuick: manifest.consumer?.quick === true,
        limitSeconds: manifest.consumer?.limitSeconds ?? defaultLimitSeconds,
      }
    })
    .sort((a, b) => Number(b.isQuick) - Number(a.isQuick) || a.name.localeCompare(b.name))
}
