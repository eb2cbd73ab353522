import type { Menu, MenuButton } from '../../../../platform/wechat/menu.ts'
import type { MenuDraft, MenuFault, MenuItem } from '../../contract/menu.ts'

/** As WeChat counts, in bytes of UTF-8. Source: developers.weixin.qq.com, menu/create (read 2026-11). */
const NAME_BYTES = 16
const NAME_BELOW_BYTES = 60
const URL_BYTES = 1024
const MOST = 3
const MOST_BELOW = 5

const isLong = (text: string, most: number) => Buffer.byteLength(text) > most

/** All that WeChat would refuse of a menu, each at its button; empty when it may go. */
export function menuFaults(draft: MenuDraft): MenuFault[] {
  const faults: MenuFault[] = []
  if (draft.length === 0) faults.push({ at: '', kind: 'empty' })
  if (draft.length > MOST) faults.push({ at: '', kind: 'too-many' })
  for (const [index, one] of draft.entries()) {
    const at = String(index)
    faults.push(...nameFaults(at, one.name, NAME_BYTES))
    if (one.below.length > MOST_BELOW) faults.push({ at, kind: 'too-many-below' })
    if (one.below.length === 0) faults.push(...targetFaults(at, one))
    for (const [place, below] of one.below.entries()) {
      const there = `${at}.${place}`
      faults.push(...nameFaults(there, below.name, NAME_BELOW_BYTES), ...targetFaults(there, below))
    }
  }
  return faults
}

function nameFaults(at: string, name: string, most: number): MenuFault[] {
  if (!name) return [{ at, kind: 'name-missing' }]
  return isLong(name, most) ? [{ at, kind: 'name-long' }] : []
}

function targetFaults(at: string, { target, url, appId, page }: MenuItem): MenuFault[] {
  const faults: MenuFault[] = []
  if (!url) faults.push({ at, kind: 'url-missing' })
  else if (isLong(url, URL_BYTES)) faults.push({ at, kind: 'url-long' })
  // A page of a hospital is not read over the open line.
  else if (!isWebAddress(url)) faults.push({ at, kind: 'url-unfit' })
  if (target === 'mini' && !/^wx[0-9a-zA-Z]{6,40}$/.test(appId)) faults.push({ at, kind: 'app-unfit' })
  if (target === 'mini' && !page) faults.push({ at, kind: 'page-missing' })
  return faults
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:'
}

/** As the platform is told it. */
export function menuOf(draft: MenuDraft): Menu {
  return {
    button: draft.map(({ below, ...one }) =>
      below.length > 0 ? { name: one.name, sub_button: below.map(buttonOf) } : buttonOf(one),
    ),
  }
}

function buttonOf({ name, target, url, appId, page }: MenuItem): MenuButton {
  return target === 'mini'
    ? { name, type: 'miniprogram', url, appid: appId, pagepath: page }
    : { name, type: 'view', url }
}
