import { hasHan, sameName } from '../../contract/person-name.ts'

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
 * @param strictNames a paper fits only with the same name, unless one of the two is a transcription
 */
export function matchPerson(person: ComparedPerson, known: readonly ComparedKnown[], strictNames = false): Match {
  const samePaper = person.paper ? known.filter((k) => k.paper === person.paper) : []
  const byPaper = only(samePaper)
  if (byPaper)
    return doubtful(person, byPaper, strictNames) ? candidates(samePaper) : { patientId: byPaper.id, by: 'paper' }

  const sameRecord = person.recordNumber ? known.filter((k) => k.recordNumber === person.recordNumber) : []
  const byRecord = only(sameRecord)
  if (byRecord && !papersDiffer(person, byRecord) && contradictions(person, byRecord) === 0)
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

/** How many of name and birth date are both given and different. */
function contradictions(person: ComparedPerson, known: ComparedKnown): number {
  const birth = person.birthDate !== undefined && known.birthDate !== null && person.birthDate !== known.birthDate
  return (namesDiffer(person, known) ? 1 : 0) + (birth ? 1 : 0)
}

function namesDiffer(person: ComparedPerson, known: ComparedKnown): boolean {
  return person.name !== undefined && !sameName(person.name, known.name)
}

/** Whether a paper that fits is in doubt: name and birth date both differ, or, where asked, the name in the same script. */
function doubtful(person: ComparedPerson, known: ComparedKnown, strictNames: boolean): boolean {
  const otherName = namesDiffer(person, known) && hasHan(person.name!) === hasHan(known.name)
  return contradictions(person, known) === 2 || (strictNames && otherName)
}

function papersDiffer(person: ComparedPerson, known: ComparedKnown): boolean {
  return person.paper !== undefined && known.paper !== null && person.paper !== known.paper
}

function candidates(known: readonly ComparedKnown[]): Match {
  const ids = [...new Set(known.map((k) => k.id))]
  return ids.length === 0 ? {} : { candidates: ids }
}
