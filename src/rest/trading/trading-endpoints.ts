/** The calls that order and cancel: their paths, groups of limits and answers (docs.upbit.com, read 2026-11). */
import { oneEndpoint } from '../rest-call'
import { cancelListFields, replacedFields } from '../rows/cancel-rows'
import { chanceFields } from '../rows/chance-row'
import { orderFields } from '../rows/order-row'

const ofAccount = { isExact: true, isPrivate: true } as const
const order = { ...ofAccount, name: 'rest.order' } as const
const list = { ...ofAccount, name: 'rest.cancel', method: 'DELETE' } as const

export const tradingEndpoints = {
  chance: oneEndpoint(
    { path: '/v1/orders/chance', group: 'default', ...ofAccount, name: 'rest.chance' },
    chanceFields,
  ),
  test: oneEndpoint({ ...order, method: 'POST', path: '/v1/orders/test', group: 'order-test' }, orderFields),
  place: oneEndpoint({ ...order, method: 'POST', path: '/v1/orders', group: 'order' }, orderFields),
  cancelAndNew: oneEndpoint(
    { ...order, method: 'POST', path: '/v1/orders/cancel_and_new', group: 'order' },
    replacedFields,
  ),
  cancel: oneEndpoint({ ...order, method: 'DELETE', path: '/v1/order', group: 'default' }, orderFields),
  cancelByIds: oneEndpoint({ ...list, path: '/v1/orders/uuids', group: 'default' }, cancelListFields),
  cancelOpen: oneEndpoint({ ...list, path: '/v1/orders/open', group: 'order-cancel-all' }, cancelListFields),
} as const
