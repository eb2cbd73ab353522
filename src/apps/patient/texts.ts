import type { Locale } from '../../platform/contract/words.ts'
import { language } from '../../platform/web/language/language.ts'

// One script a room and language, fetched with the room's first page. Of each room only what patients read is in it: see
// `onlyForPatients` in vite.config.ts.
const files = import.meta.glob<object>(['../../rooms/*/locales/*.json', '../../platform/web/locales/*.json'], {
  import: 'default',
})

/** The kit's own texts, and of the rooms those whose pages have been opened: a phone loads no more. */
const wanted = new Set(['web'])
let started: Promise<void> | undefined

async function textsOf(room: string, locale: Locale): Promise<object> {
  const path = room === 'web' ? '../../platform/web' : `../../rooms/${room}`
  return (await files[`${path}/locales/${locale}.json`]?.()) ?? {}
}

async function loadTexts(locale: Locale): Promise<Record<string, object>> {
  return Object.fromEntries(
    await Promise.all([...wanted].map(async (room) => [room, await textsOf(room, locale)] as const)),
  )
}

/** Settles the language and loads the texts that are wanted so far. */
export const startTexts = (): Promise<void> => (started ??= language.start(loadTexts))

/** Brings the texts of a room, in whichever language the reader has chosen by the time they are there. */
export async function wantTexts(room: string): Promise<void> {
  wanted.add(room)
  await startTexts()
  for (let locale: Locale | undefined; locale !== language.current();) {
    locale = language.current()
    language.add(locale, { [room]: await textsOf(room, locale) })
  }
}

/** What a room's page, card or part loads, together with the texts of its room. */
export const withTexts =
  <T>(room: string, load: () => Promise<T>): (() => Promise<T>) =>
  async () => {
    const [loaded] = await Promise.all([load(), wantTexts(room)])
    return loaded
  }

/** `../../rooms/card/patient/pages.ts` → `card`. */
export const roomOf = (path: string): string => path.split('/').at(-3) ?? ''
