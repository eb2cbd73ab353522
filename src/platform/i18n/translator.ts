import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '../contract/words.ts'
import { pluralCount } from './plural.ts'

export type Texts = { [key: string]: string | Texts }
/** Texts by locale and namespace; a room's name is its namespace. */
export type Locales = Record<Locale, Record<string, Texts>>

type Values = Record<string, string | number | null>

/** `translate('zh-CN', 'card', 'problems.CardFrozen', { number })`; a missing key is shown as itself. */
export type Translator = {
  (locale: Locale, namespace: string, key: string, values?: Values): string
  /** The text of a problem code, wherever it is declared. */
  problem(locale: Locale, code: string, values?: Values): string
  locales: Locales
}

/** Reads `locales/zh-CN.json` and `locales/en.json` of each folder given. */
export function readLocales(folders: readonly { room: string; folder: string }[]): Locales {
  const locales: Locales = { 'zh-CN': {}, en: {} }
  for (const { room, folder } of folders)
    for (const locale of ['zh-CN', 'en'] as const) {
      const file = join(folder, 'locales', `${locale}.json`)
      if (exists(folder, 'locales')) locales[locale][room] = JSON.parse(readFileSync(file, 'utf8')) as Texts
    }
  return locales
}

function exists(folder: string, name: string): boolean {
  return readdirSync(folder).includes(name)
}

export function createTranslator(locales: Locales): Translator {
  const problems = { 'zh-CN': new Map<string, string>(), en: new Map<string, string>() }
  for (const locale of ['zh-CN', 'en'] as const)
    for (const texts of Object.values(locales[locale]))
      for (const [code, text] of Object.entries((texts['problems'] ?? {}) as Texts))
        if (typeof text === 'string') problems[locale].set(code, text)
  const translate = (locale: Locale, namespace: string, key: string, values = {}) =>
    fill(
      lookUp(locales[locale][namespace], key, values) ?? lookUp(locales['en'][namespace], key, values) ?? key,
      values,
    )
  return Object.assign(translate, {
    problem: (locale: Locale, code: string, values = {}) =>
      fill(formOf((form) => problems[locale].get(code + form), values) ?? code, values),
    locales,
  })
}

function lookUp(texts: Texts | undefined, key: string, values: Values): string | undefined {
  return formOf((form) => textAt(texts, key + form), values)
}

/** The text itself, or, of a number, its form for one or for others; as the pages choose it. */
function formOf(textOf: (form: '' | '_one' | '_other') => string | undefined, values: Values): string | undefined {
  const [one, other] = [textOf('_one'), textOf('_other')]
  if (one === undefined || other === undefined) return textOf('')
  return pluralCount(other, values) === 1 ? one : other
}

function textAt(texts: Texts | undefined, key: string): string | undefined {
  let at: string | Texts | undefined = texts
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined
  return typeof at === 'string' ? at : undefined
}

function fill(text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => (name in values ? String(values[name] ?? '') : whole))
}
