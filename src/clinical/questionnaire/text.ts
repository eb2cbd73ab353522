import { extensionsOf, list, valueOf } from './extension.ts'
import type { Beside } from './fhir.ts'

/** A text with its translations, by BCP 47 language. */
export interface Text {
  text: string
  translations?: Readonly<Record<string, string>>
}

/** Reads `text` and the translation extensions of `_text`. */
export function readText(text: unknown, beside?: Beside): Text {
  const translations = Object.fromEntries(
    extensionsOf(beside, 'translation').flatMap((one) => {
      const part = (name: string) => list(one.extension).find((p) => p.url === name)
      const [language, content] = [part('lang'), part('content')].map((p) => p && valueOf(p))
      return typeof language === 'string' && typeof content === 'string' ? [[language, content]] : []
    }),
  ) as Record<string, string>
  const plain = typeof text === 'string' ? text : ''
  return Object.keys(translations).length > 0 ? { text: plain, translations } : { text: plain }
}

/** The text in `language`, else in a variant of it (`en` for `en-GB`), else as the form was written. */
export function inLanguage(text: Text, language: string): string {
  const { translations } = text
  if (!translations) return text.text
  const base = language.split('-')[0]!
  const variant = Object.keys(translations).find((one) => one.split('-')[0] === base)
  return translations[language] ?? (variant ? translations[variant]! : text.text)
}
