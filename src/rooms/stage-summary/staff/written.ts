import type { Section, SectionKey } from '../contract/words.ts'

export interface WrittenSection {
  key: SectionKey
  sentences: { id: string; text: string }[]
}

/** The sentences to change, with an empty place where a person has to write. */
export function withAnswerPlaces(sections: readonly Section[]): WrittenSection[] {
  const written = sections.map(({ key, sentences }) => ({
    key,
    sentences: sentences.map(({ id, text }) => ({ id, text })),
  }))
  for (const section of written)
    if (section.sentences.length === 0 && (section.key === 'doctor' || section.key === 'next'))
      section.sentences.push({ id: newId(written), text: '' })
  return written
}

/** An id that no sentence has. */
export function newId(written: readonly WrittenSection[]): string {
  const taken = new Set(written.flatMap(({ sentences }) => sentences.map(({ id }) => id)))
  for (let n = 1; ; n++) if (!taken.has(`own-${n}`)) return `own-${n}`
}
