/** Why the exchange does not take an order. Names: docs.upbit.com `rest-api-guide`, read 2026-11; the texts are ours. */
import type { OrderSide } from './order'

export class OrderRefusal extends Error {
  constructor(
    readonly status: number,
    /** The exchange's name of it. */
    readonly refusalName: string,
    message: string,
  ) {
    super(message)
  }
}

const refusal = (name: string, message: string): OrderRefusal => new OrderRefusal(400, name, message)

export const orderRefusals = {
  validation: (member: string) => refusal('validation_error', `잘못된 파라미터: ${member}`),
  malformed: (side: OrderSide) => refusal(`create_${side}_error`, '주문 요청 정보가 올바르지 않습니다.'),
  price: (side: OrderSide) => refusal(`invalid_price_${side}`, '주문 가격 단위가 올바르지 않습니다.'),
  minTotal: (side: OrderSide) => refusal(`under_min_total_${side}`, '최소 주문 금액 이상으로 주문해 주세요.'),
  funds: (side: OrderSide) => refusal(`insufficient_funds_${side}`, '주문 가능한 잔고가 부족합니다.'),
  identifier: () => refusal('duplicated_identifier', '이미 사용된 identifier입니다.'),
  postOnly: () => refusal('invalid_post_only', 'post_only로 주문할 수 없는 조건입니다.'),
  notFound: () => new OrderRefusal(404, 'order_not_found', '주문을 찾지 못했습니다.'),
} as const
