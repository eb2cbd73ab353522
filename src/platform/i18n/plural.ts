export type Numbered = Readonly<Record<string, unknown>>

/**
 * The number that a text is said of, for its forms `_one` and `_other`: its `count`; without one, the first number that
 * the text shows. A text that is said of two numbers is better written so that neither needs a form: `minutes: 3`.
 */
export function pluralCount(text: string, values: Numbered): number | undefined {
  const names = ['count', ...[...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((found) => found[1]!)]
  return names.map((name) => values[name]).find((value) => typeof value === 'number')
}
