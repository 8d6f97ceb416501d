/** What a connection reads of a list of subscriptions. */
import type { ListedItem } from '../../../../src/protocol/control'
import { infoEndpoint } from '../../../../src/private/info/info-endpoint'

/** `text` is the `result` of the answer, in JSON. */
export function listedOf(text: string): readonly ListedItem[] {
  let found: readonly ListedItem[] = []
  const decoder = infoEndpoint.createDecoder({
    event() {},
    control: (control) => {
      if (control.kind === 'list') found = control.result
    },
    rejected() {},
    drift() {},
  })
  decoder.decode(`{"method":"LIST_SUBSCRIPTIONS","result":${text},"ticket":"t"}`, 1, 0)
  return found
}
