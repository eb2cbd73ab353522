import type { ReadContext } from '../../../platform/context/context.ts'
import { readNationalId, tidyNationalId } from '../contract/national-id.ts'
import { tidyName } from '../contract/person-name.ts'
import { readPhone } from '../contract/phone.ts'
import { findKnown, findSurvivors, type KnownPerson } from './match-store.ts'
import { matchPerson, type ComparedKnown, type ComparedPerson, type Match } from './rules/match.ts'
import { paperIndex, phoneIndex, type Sealing } from './sealed-identity.ts'
import { tidyRecordNumber } from '../contract/person.ts'

/** A person as a sender knows them: whatever there is, as it was written. */
export interface PersonToMatch {
  name?: string | null
  birthDate?: string | null
  /** Any identity paper's number; a national identity number may have its former 15 digits. */
  paperNumber?: string | null
  recordNumber?: string | null
  phone?: string | null
}

/**
 * Who each of these persons is: `{ patientId }` when it is sure, `{ candidates }` when a person must decide, `{}` when
 * nobody is known. Two queries whatever the number of persons. Nobody's scope narrows it: a laboratory's report
 * has to find its owner. Files that were merged are followed to the one they went into.
 */
export async function matchPatients(
  ctx: Pick<ReadContext, 'db' | 'organizationId' | 'sealer' | 'today'>,
  persons: readonly PersonToMatch[],
  options: { strictNames?: boolean } = {},
): Promise<Match[]> {
  const compared = persons.map((person) => comparable(ctx, person, ctx.today))
  const known = await findKnown(ctx.db, ctx.organizationId, {
    papers: buffers(compared.map((p) => p.paper)),
    recordNumbers: [...new Set(compared.flatMap((p) => p.recordNumber ?? []))],
    phones: buffers(compared.map((p) => p.phone)),
  })
  const merged = known.filter((k) => k.state === 'merged')
  const survivors = await findSurvivors(
    ctx.db,
    ctx.organizationId,
    merged.map((k) => k.id),
  )
  const comparedKnown = [
    ...known.filter((k) => k.state !== 'merged').map(toCompared),
    // The merged row's own numbers, under the id of the row that stands for it now.
    ...merged.flatMap((k) => survivors.filter((s) => s.asked === k.id).map((s) => ({ ...toCompared(k), id: s.id }))),
  ]
  const index = new NumberIndex(comparedKnown)
  return compared.map((person) => matchPerson(person, index.near(person), options.strictNames))
}

/** Finds the few known people who share a number with a person, so that matching many stays linear. */
class NumberIndex {
  readonly #byNumber = new Map<string, ComparedKnown[]>()
  constructor(known: readonly ComparedKnown[]) {
    for (const one of known)
      for (const number of numbersOf({ paper: one.paper, recordNumber: one.recordNumber, phones: one.phones })) {
        const list = this.#byNumber.get(number)
        if (list) list.push(one)
        else this.#byNumber.set(number, [one])
      }
  }
  near(person: ComparedPerson): ComparedKnown[] {
    const numbers = numbersOf({
      paper: person.paper,
      recordNumber: person.recordNumber,
      phones: person.phone ? [person.phone] : [],
    })
    const found = numbers.flatMap((number) => this.#byNumber.get(number) ?? [])
    // A survivor may stand here by its own numbers and by those of a file merged into it; the same id counts once.
    return [...new Map(found.map((one) => [`${one.id} ${one.paper} ${one.recordNumber}`, one])).values()]
  }
}

function numbersOf(of: { paper?: string | null; recordNumber?: string | null; phones: readonly string[] }): string[] {
  return [
    ...(of.paper ? [`i${of.paper}`] : []),
    ...(of.recordNumber ? [`r${of.recordNumber}`] : []),
    ...of.phones.map((p) => `p${p}`),
  ]
}

/** A person's numbers in the form they are indexed in. Numbers that cannot be one are left out. */
export function comparable(sealing: Sealing, person: PersonToMatch, today: string): ComparedPerson {
  const phone = person.phone ? readPhone(person.phone) : undefined
  const paper = person.paperNumber ? tidyPaperNumber(person.paperNumber, today) : undefined
  return {
    ...(person.name ? { name: tidyName(person.name) } : {}),
    ...(person.birthDate ? { birthDate: person.birthDate } : {}),
    ...(paper ? { paper: paperIndex(sealing, paper).toString('hex') } : {}),
    ...(person.recordNumber?.trim() ? { recordNumber: tidyRecordNumber(person.recordNumber) } : {}),
    ...(phone ? { phone: phoneIndex(sealing, phone.number).toString('hex') } : {}),
  }
}

function tidyPaperNumber(number: string, today: string): string | undefined {
  const national = readNationalId(number, today)
  const tidy = national.ok ? national.number : tidyNationalId(number)
  return tidy.length >= 5 ? tidy : undefined
}

function toCompared(known: KnownPerson): ComparedKnown {
  const phones = [known.phone_index, known.guardian_phone_index].filter((b) => b !== null)
  return {
    id: known.id,
    name: known.name,
    birthDate: known.birth_date,
    paper: known.paper_index?.toString('hex') ?? null,
    recordNumber: known.record_number,
    phones: phones.map((b) => b.toString('hex')),
  }
}

function buffers(hex: readonly (string | undefined)[]): Buffer[] {
  return [...new Set(hex.filter((h) => h !== undefined))].map((h) => Buffer.from(h, 'hex'))
}
