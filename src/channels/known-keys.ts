/**
 * The stream keys of a call, the same objects for the same single code: of a thousand consumers of one market each
 * would otherwise keep a copy.
 */
import type { PublicType } from '../protocol/wire'
import type { StreamKey } from '../registry/stream-key'
import { streamKey, streamKeyId } from '../registry/stream-key'

/** More different entries than one client wants at once; beyond that it is begun anew, so that it cannot grow for ever. */
const most = 1000

export class KnownKeys {
  private readonly byId = new Map<string, readonly StreamKey[]>()

  of(type: PublicType, codes: readonly string[], level?: number): readonly StreamKey[] {
    const [code] = codes
    if (code === undefined || codes.length > 1) return codes.map((each) => streamKey(type, each, level))
    const id = streamKeyId(type, code, level)
    const known = this.byId.get(id)
    if (known !== undefined) return known
    if (this.byId.size === most) this.byId.clear()
    const keys = [streamKey(type, code, level)]
    this.byId.set(id, keys)
    return keys
  }
}
