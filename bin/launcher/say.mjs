import { readFileSync } from 'node:fs'

/** Something the user has to know or mend: printed in both languages, without a stack. */
export class Refusal extends Error {
  constructor(code, values = {}) {
    super(inBoth(code, values).join('\n'))
    this.code = code
  }
}

/** Says a sentence in Chinese and English on one line of the error output, so that standard output stays the command's. */
export function say(code, values = {}) {
  process.stderr.write(`${inBoth(code, values).join(' ')}\n`)
}

function inBoth(code, values) {
  return ['zh-CN', 'en'].map((language) => {
    const text = JSON.parse(readFileSync(new URL(`../locales/${language}.json`, import.meta.url), 'utf8'))[code]
    return text.replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name]))
  })
}
