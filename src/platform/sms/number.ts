/** Mainland mobile numbers, however they are written: 139…, +86 139…, 0086-139…. */
const MAINLAND = /^(?:\+?86|0086)?(1[3-9]\d{9})$/
/** ITU-T E.164: country code and number, 15 digits at the most. */
const INTERNATIONAL = /^(?:\+|00)([1-9]\d{6,14})$/

/** The number in E.164; undefined when it cannot be a mobile that takes short messages. */
export function toE164(text: string): string | undefined {
  const bare = text.replace(/[\s().-]/g, '')
  const mainland = MAINLAND.exec(bare)?.[1]
  if (mainland) return `+86${mainland}`
  const other = INTERNATIONAL.exec(bare)?.[1]
  // +86 with anything but a mobile is a line that nobody reads messages on.
  return other && !other.startsWith('86') ? `+${other}` : undefined
}

export function isMainland(e164: string): boolean {
  return e164.startsWith('+86')
}

/** As Aliyun wants it: eleven digits within the mainland, country code and number without a plus elsewhere. */
export function toAliyunNumber(e164: string): string {
  return isMainland(e164) ? e164.slice(3) : e164.slice(1)
}
