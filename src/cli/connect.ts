/** The client of a command, and how it is taken down together with its source. */
import type { Upbit } from '../api'
import { createUpbit } from '../index'
import type { WireFormat } from '../protocol/wire'
import type { Host } from './host'
import { faultText } from './messages'
import type { Source } from './sources'

/** A client of the command's own. */
export function connect(format: WireFormat | undefined, { url }: Source, { environment }: Host): Upbit {
  return createUpbit({
    environment,
    isolated: true,
    ...(url === undefined ? {} : { url }),
    ...(format === undefined ? {} : { format }),
  })
}

/**
 * Resolves with what went wrong. It never rejects: a client that does not close in time must neither keep the embedded
 * server, which would hold the process, nor hide the account or what ended the command.
 */
export async function takeDown(upbit: Upbit | undefined, source: Source): Promise<string | undefined> {
  try {
    await upbit?.shutdown()
    return undefined
  } catch (fault) {
    return faultText(fault)
  } finally {
    await source.close()
  }
}
