import i18next, { type i18n } from 'i18next'
import type { Locale } from '../../contract/words.ts'
import { pluralCount } from '../../i18n/plural.ts'

export type Values = Record<string, string | number | null | undefined>
/** Texts of one language by room. */
export type Texts = Record<string, object>

const KEPT = 'peiban.locale'
const i18n: i18n = i18next.createInstance()
let load: (locale: Locale) => Promise<Texts> = async () => ({})
let starting: Locale | undefined

/** The language of the page. Texts come room by room; the room's name is the namespace. */
export const language = {
  current: (): Locale => ((i18n.language ?? starting) === 'en' ? 'en' : 'zh-CN'),
  /**
   * Says at once which language it will be, and is done when its texts are here.
   * @param loadTexts one bundle per language, so that a reader loads one only
   */
  async start(loadTexts: (locale: Locale) => Promise<Texts>): Promise<void> {
    load = loadTexts
    const locale = (starting = keptLocale() ?? browserLocale())
    await i18n.init({
      lng: locale,
      fallbackLng: false,
      resources: { [locale]: await load(locale) } as never,
      interpolation: { escapeValue: false, prefix: '{{', suffix: '}}' },
      returnNull: false,
      showSupportNotice: false,
    } as never)
    announce()
  },
  /** More texts: those of a room, for whoever loads them with its first page. */
  add(locale: Locale, texts: Texts): void {
    for (const [room, words] of Object.entries(texts)) i18n.addResourceBundle(locale, room, words, true, true)
  },
  async choose(locale: Locale): Promise<void> {
    localStorage.setItem(KEPT, locale)
    await change(locale)
  },
  /** Takes the account's language unless this browser has chosen its own. */
  async suggest(locale: Locale): Promise<void> {
    if (!keptLocale() && locale !== language.current()) await change(locale)
  },
  text: (room: string, key: string, values: Values = {}): string =>
    language.textIn(language.current(), room, key, values),
  textIn: (locale: Locale, room: string, key: string, values: Values = {}): string =>
    (i18n.getFixedT(locale, room) as (key: string, values: Values) => string)(key, withCount(locale, room, key, values)),
  watch: (listener: () => void): (() => void) => {
    i18n.on('languageChanged', listener)
    return () => i18n.off('languageChanged', listener)
  },
}

/** A text with two forms is told which number it is said of, also where that has another name than `count`. */
function withCount(locale: Locale, room: string, key: string, values: Values): Values {
  // Before the texts are here there is nothing to ask them.
  if (typeof values['count'] === 'number' || !i18n.isInitialized) return values
  const other: unknown = i18n.getResource(locale, room, `${key}_other`)
  if (typeof other !== 'string') return values
  const count = pluralCount(other, values)
  return count === undefined ? values : { ...values, count }
}

async function change(locale: Locale): Promise<void> {
  language.add(locale, await load(locale))
  await i18n.changeLanguage(locale)
  announce()
}

function announce(): void {
  document.documentElement.lang = language.current()
}

function keptLocale(): Locale | undefined {
  const kept = localStorage.getItem(KEPT)
  return kept === 'en' || kept === 'zh-CN' ? kept : undefined
}

function browserLocale(): Locale {
  return /^en\b/i.test(navigator.language) ? 'en' : 'zh-CN'
}
