import { sameName } from '../../contract/person-name.ts'

/** A person as a sender or a form knows them, numbers already brought into the form they are indexed in. */
export interface ComparedPerson {
  name?: string
  birthDate?: string
  paper?: string
  recordNumber?: string
  phone?: string
}

/** A known person; indexes as hex. */
export interface ComparedKnown {
  id: string
  name: string
  birthDate: string | null
  paper: string | null
  recordNumber: string | null
  phones: readonly string[]
}

export type Match =
  | { patientId: string; by: 'paper' | 'record-number' | 'phone-name-birth' }
  | { candidates: string[] }
  | Record<never, never>

/**
 * Who a person is among those known. Sure are: the same paper; the same record number with nothing against it; phone,
 * name and birth date all the same, of one person only. A number that fits while the name does not is a slip
 * somewhere, and a result in the wrong file harms: then a person decides among candidates.
 */
export function matchPerson(person: ComparedPerson, known: readonly ComparedKnown[]): Match {
  const samePaper = person.paper ? known.filter((k) => k.paper === person.paper) : []
  const byPaper = only(samePaper)
  if (byPaper) return contradicts(person, byPaper, 2) ? candidates(samePaper) : { patientId: byPaper.id, by: 'paper' }

  const sameRecord = person.recordNumber ? known.filter((k) => k.recordNumber === person.recordNumber) : []
  const byRecord = only(sameRecord)
  if (byRecord && !papersDiffer(person, byRecord) && !contradicts(person, byRecord, 1))
    return { patientId: byRecord.id, by: 'record-number' }

  const samePhone = person.phone ? known.filter((k) => k.phones.includes(person.phone!)) : []
  const named = samePhone.filter((k) => person.name !== undefined && sameName(k.name, person.name))
  const whole = named.filter((k) => person.birthDate !== undefined && k.birthDate === person.birthDate)
  const byAll = only(whole)
  if (byAll && sameRecord.length === 0 && !papersDiffer(person, byAll))
    return { patientId: byAll.id, by: 'phone-name-birth' }
  return candidates([...samePaper, ...sameRecord, ...whole, ...named])
}

/** The one person these rows are; a person may stand here more than once, by numbers of files merged into theirs. */
function only(known: readonly ComparedKnown[]): ComparedKnown | undefined {
  return new Set(known.map((k) => k.id)).size === 1 ? known[0] : undefined
}

/** How many of name and birth date are both given and different, held against `limit`. */
function contradicts(person: ComparedPerson, known: ComparedKnown, limit: 1 | 2): boolean {
  const name = person.name !== undefined && !sameName(person.name, known.name) ? 1 : 0
  const birth =
    person.birthDate !== undefined && known.birthDate !== null && person.birthDate !== known.birthDate ? 1 : 0
  return name + birth >= limit
}

function papersDiffer(person: ComparedPerson, known: ComparedKnown): boolean {
  return person.paper !== undefined && known.paper !== null && person.paper !== known.paper
}

function candidates(known: readonly ComparedKnown[]): Match {
  const ids = [...new Set(known.map((k) => k.id))]
  return ids.length === 0 ? {} : { candidates: ids }
}
