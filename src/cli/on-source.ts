/** What `watch` and `record` work on: a source and a client of its own, both taken down however the work ends. */
import type { Upbit } from '../api'
import { createUpbit } from '../index'
import type { WireFormat } from '../protocol/wire'
import type { Host } from './host'
import { faultText } from './messages'
import type { Source } from './sources'
import { openSource } from './sources'

export interface SourceWanted {
  readonly source: Parameters<typeof openSource>[0]
  readonly format?: WireFormat | undefined
}

/** Resolves with what `work` does, and with what went wrong when the client was closed. Rejects as `work` does. */
export async function onSource<R>(
  { source: wanted, format }: SourceWanted,
  host: Host,
  work: (upbit: Upbit, source: Source) => Promise<R>,
): Promise<{ readonly result: R; readonly closeFault: string | undefined }> {
  const source = await openSource(wanted, host.environment)
  let upbit: Upbit | undefined
  let result: R
  let closeFault: string | undefined
  try {
    upbit = connect(format, source, host)
    result = await work(upbit, source)
  } finally {
    closeFault = await takeDown(upbit, source)
  }
  return { result, closeFault }
}

function connect(format: WireFormat | undefined, { url }: Source, { environment }: Host): Upbit {
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
async function takeDown(upbit: Upbit | undefined, source: Source): Promise<string | undefined> {
  try {
    await upbit?.shutdown()
    return undefined
  } catch (fault) {
    return faultText(fault)
  } finally {
    await source.close()
  }
}
