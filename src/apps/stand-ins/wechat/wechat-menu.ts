import { OK, Refused } from './tencent.ts'

interface Button {
  name?: string
  type?: string
  key?: string
  url?: string
  sub_button?: Button[]
}

/** The menu of a service account: one at a time, within the limits of the platform. */
export function menuDesk() {
  let menu: { button: Button[] } | null = null
  return (path: string, body: Record<string, unknown> | undefined): object => {
    if (path.endsWith('/delete')) {
      menu = null
      return OK
    }
    if (path.endsWith('/get')) {
      if (!menu) throw new Refused(46003, 'menu no exist')
      return { menu }
    }
    const button = (body?.['button'] ?? []) as Button[]
    if (button.length < 1 || button.length > 3) throw new Refused(40016, 'invalid button size')
    for (const one of button) check(one, 16)
    menu = { button }
    return OK
  }
}

function check(button: Button, nameBytes: number): void {
  const bytes = (text = '') => Buffer.byteLength(text)
  const below = button.sub_button ?? []
  if (!bytes(button.name) || bytes(button.name) > nameBytes) throw new Refused(40018, 'invalid button name size')
  if (below.length > 5) throw new Refused(40023, 'invalid sub button size')
  if (below.length === 0 && button.type === 'click' && (!bytes(button.key) || bytes(button.key) > 128))
    throw new Refused(40019, 'invalid button key size')
  if (below.length === 0 && button.type === 'view' && (!bytes(button.url) || bytes(button.url) > 1024))
    throw new Refused(40020, 'invalid button url size')
  for (const one of below) check(one, 60)
}
