import type { Settings, SettingsDocument } from '../contract/settings.ts'

/** Whether it is a name of the IANA time zone database that this runtime knows; plain offsets are not names. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z]+(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
export const LOGO_BYTES_MAX = 256 * 1024
/** A logo of a few thousand pixels a side is a mistake, and a tiny file may unpack to a huge picture. */
const LOGO_SIDE_MAX = 4096

/** Whether these bytes begin as a PNG whose size is sensible. SVG is refused altogether, since it can carry script. */
export function isPng(content: Buffer): boolean {
  if (
    content.length < 33 ||
    !content.subarray(0, 8).equals(PNG_SIGNATURE) ||
    content.toString('latin1', 12, 16) !== 'IHDR'
  )
    return false
  const [width, height] = [content.readUInt32BE(16), content.readUInt32BE(20)]
  return width > 0 && height > 0 && width <= LOGO_SIDE_MAX && height <= LOGO_SIDE_MAX
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** The same for whoever sits elsewhere; empty while it leads to the reader's own machine, which is worse than no link. */
export function outsideAddressOf(settings: Settings, publicUrl: string): string {
  const address = webAddressOf(settings, publicUrl)
  const host = URL.parse(address)?.hostname
  return host && !LOOPBACK.test(host) ? address : ''
}

/** The address people open this organization at, without a slash at the end: its own, else that of the house. */
export function webAddressOf(settings: Settings, publicUrl: string): string {
  return (settings.webAddress || publicUrl).replace(/\/+$/, '')
}

/** The address mails come from, and the name beside it. */
export function mailSender(name: string, settings: Settings): string {
  const host = settings.webAddress ? new URL(settings.webAddress).hostname : 'localhost'
  return `"${name.replaceAll(/["\\\r\n]/g, '')}" <${settings.mailFrom || `no-reply@${host}`}>`
}

/** Top-level fields that differ, for the audit row. */
export function changedFields(before: object, after: object): string[] {
  const was = before as Record<string, unknown>
  return Object.entries(after)
    .filter(([key, value]) => JSON.stringify(was[key] ?? null) !== JSON.stringify(value ?? null))
    .map(([key]) => key)
}

export type SettingsPart = Partial<Pick<SettingsDocument, 'general' | 'security'>>
