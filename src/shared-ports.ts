/** What the top-level functions work through: the shared instance, joined at each subscription. */
import type { ChannelPorts } from './channels/channel-ports'
import { ownedBy } from './channels/consumer-config'
import { sharedClient } from './shared'

/** Not joined before, so that `configureUpbit` may come after the call of `ticker$`. */
export const sharedPorts: ChannelPorts = {
  enrol: (consumer) => {
    const client = sharedClient()
    return client.enrol(ownedBy(client.owner, consumer))
  },
  error: (error) => sharedClient().report(error),
}
