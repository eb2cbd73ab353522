/**
 * Whether something about `topics` helps somebody who asks about `asked`. Conditions are ICD-10 codes, of which the
 * shorter names a group: a card on I10 is for I10.x00 as well, not the other way round.
 */
export function isAbout(topics: readonly string[], asked: string): boolean {
  return topics.some(
    (one) => one === asked || (asked.startsWith('condition:') && one.startsWith('condition:') && asked.startsWith(one)),
  )
}

/** By how many of the asked topics, the best first; those that meet none are left out. */
export function bestFor<T extends { topics: readonly string[] }>(cards: readonly T[], asked: readonly string[]): T[] {
  return cards
    .map((card) => ({ card, met: asked.filter((one) => isAbout(card.topics, one)).length }))
    .filter(({ met }) => met > 0)
    .toSorted((a, b) => b.met - a.met)
    .map(({ card }) => card)
}
