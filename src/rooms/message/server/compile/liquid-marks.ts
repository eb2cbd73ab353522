const LIQUID = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g

/**
 * Takes Liquid out of a text and puts it back: between, the text goes through makers of HTML that would read `>` and
 * quotes in it as theirs. A mark is letters and digits alone, so it stands everywhere, in an address too.
 */
export function liquidMarks() {
  const taken: string[] = []
  return {
    take: (words: string) => words.replace(LIQUID, (liquid) => `zqx${taken.push(liquid) - 1}xqz`),
    /** A variable of its own, such as the address of a button. */
    mark: (liquid: string) => `zqx${taken.push(liquid) - 1}xqz`,
    restore: (html: string) => html.replace(/zqx(\d+)xqz/g, (mark, at: string) => taken[Number(at)] ?? mark),
  }
}
