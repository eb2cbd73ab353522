import type { MyMediaIndex } from '../contract/my.ts'

type Row = MyMediaIndex['rows'][number]

/**
 * The card for somebody who reads about topics or a word: by topic first, the card with the fewest topics as the one that
 * is most about it; else by a word that is the card's own. Words are compared whole: 结节 is not every 结节 of every organ.
 */
export function findMedia(
  rows: readonly Row[],
  { topics = [], word }: { topics?: readonly string[]; word?: string },
): Row | undefined {
  const said = word?.trim().toLowerCase()
  const about = rows.filter((row) => topics.some((topic) => row.topics.includes(topic)))
  const named = said ? rows.filter((row) => row.words.includes(said)) : []
  const narrowest = (found: readonly Row[]) => found.toSorted((a, b) => a.topics.length - b.topics.length)[0]
  return narrowest(about) ?? narrowest(named)
}
