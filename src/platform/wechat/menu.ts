/** A service account's menu: up to three buttons, each one a button itself or a name over up to five. */
export interface Menu {
  button: MenuButton[]
}

export interface MenuButton {
  name: string
  type?: 'click' | 'view' | 'miniprogram' | 'scancode_push' | 'scancode_waitmsg'
  key?: string
  url?: string
  appid?: string
  pagepath?: string
  sub_button?: MenuButton[]
}

/** What the server would refuse, told beforehand; null when it may go. Limits in bytes of UTF-8, as the server counts. */
export function menuProblem({ button }: Menu): string | null {
  if (button.length < 1 || button.length > 3) return 'a menu has 1 to 3 buttons'
  for (const one of button) {
    if (tooLong(one.name, 16)) return `${one.name}: a button's name has 1 to 16 bytes`
    const below = one.sub_button ?? []
    if (below.length > 5) return `${one.name}: up to 5 buttons below one`
    if (below.some(({ sub_button }) => sub_button?.length)) return `${one.name}: two levels at most`
    if (below.some(({ name }) => tooLong(name, 60))) return `${one.name}: a name below it has 1 to 60 bytes`
    for (const pressed of below.length > 0 ? below : [one]) {
      const problem = targetProblem(pressed)
      if (problem) return `${pressed.name}: ${problem}`
    }
  }
  return null
}

function targetProblem({ type, key = '', url = '', appid = '', pagepath = '' }: MenuButton): string | null {
  if (!type) return 'it does nothing'
  if (type === 'view') return tooLong(url, 1024) ? 'an address of up to 1024 bytes is missing' : null
  if (type === 'miniprogram')
    return appid && pagepath && !tooLong(url, 1024) ? null : 'appid, page and an address for older phones are missing'
  return tooLong(key, 128) ? 'a key of up to 128 bytes is missing' : null
}

const tooLong = (text: string, max: number) => text === '' || Buffer.byteLength(text) > max
