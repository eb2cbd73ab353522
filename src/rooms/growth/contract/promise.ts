/**
 * R15: parents' worry about height is not to be sold to. Whatever staff write into the programme may be read by a family,
 * so that words which promise a height, hurry, or advertise a hormone are not taken.
 */
const PHRASES: readonly RegExp[] = [
  /保证(能|会)?长|保证.{0,6}身高|包(你|您)?(的)?孩子?长高|长高.{0,4}(保证|承诺|包)/,
  /一定(能|会|可以)?长(高|到)|肯定(能|会)?长(高|到)|必(定|然)(能|会)?长高/,
  /承诺.{0,6}(身高|长高|厘米)|无效退款|有效率|成功率|治愈/,
  /(能|会|可以)长到\s*\d|长到\s*1?\d\d\s*(厘米|cm|公分)|再长\s*\d+\s*(厘米|cm|公分)/i,
  /增高(针|药|神器|素|产品)|(打|注射|使用)生长激素|生长激素.{0,6}(套餐|优惠|疗程)/,
  /最后(的)?(机会|窗口)|错过.{0,8}(长高|身高|一生|后悔)|再不.{0,6}就?(晚|来不及)/,
  /guarantee|will (surely|certainly|definitely) grow|grow to \d|last chance|growth hormone/i,
]

/** The words of a text that promise, hurry or advertise; undefined where there are none. */
export function promiseIn(text: string): string | undefined {
  for (const phrase of PHRASES) {
    const found = phrase.exec(text)
    if (found) return found[0]
  }
  return undefined
}
