import { Price } from './price'

export default function Page() {
  return (
    <ul>
      <Price code="KRW-BTC" />
      <Price code="KRW-ETH" />
    </ul>
  )
}
