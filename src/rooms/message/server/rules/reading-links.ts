import { escapeHtml } from './mail-document.ts'

const HREF = /(<a\b[^>]*?\shref=")(https?:[^"]+)(")/gi
const LINKS_MAX = 99

/**
 * A mail that counts its reading: each link leads by us, a picture of one point is fetched with it, and one link that
 * nobody sees tells gateways from people. The plain text stays as it is: an address one can read is worth more there.
 * @param kept addresses that are left alone: the one that stops these mails must work without a way round
 * @param addressOf gives the address for a link (from 1), the picture (0) and the trap ('trap')
 */
export function withReading(
  html: string,
  kept: readonly string[],
  addressOf: (link: number | 'trap', url: string) => string,
): string {
  let count = 0
  const counted = html.replace(HREF, (whole, before: string, address: string, after: string) => {
    const url = unescape(address)
    if (kept.includes(url) || count >= LINKS_MAX) return whole
    return `${before}${escapeHtml(addressOf(++count, url))}${after}`
  })
  const trap = `<a href="${escapeHtml(addressOf('trap', ''))}" style="display:none" aria-hidden="true" tabindex="-1"></a>`
  const picture = `<img src="${escapeHtml(addressOf(0, ''))}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">`
  const end = counted.lastIndexOf('</body>')
  return end < 0 ? counted + trap + picture : counted.slice(0, end) + trap + picture + counted.slice(end)
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescape(text: string): string {
  return text.replace(
    /&(?:#(\d{1,6})|(amp|lt|gt|quot|apos));/g,
    (_, code: string | undefined, name: string | undefined) =>
      code ? String.fromCodePoint(Number(code)) : NAMED[name!]!,
  )
}
