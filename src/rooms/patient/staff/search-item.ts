import type { SearchItem } from '../../../platform/web/index.ts'
import type { PatientLine } from '../contract/person.ts'

/** A person as a line of the palette: enough to tell two namesakes apart, nothing in full. */
export function searchItemOf(row: PatientLine, text: (key: string) => string): SearchItem {
  const sex = row.sex === 'unknown' ? '' : text(`words.sex.${row.sex}`)
  const hint = [
    sex,
    row.birthDate,
    row.phoneMasked,
    row.recordNumber,
    row.doctor?.name,
    row.state === 'deceased' ? text('words.state.deceased') : '',
  ]
  return { key: row.id, title: row.name, hint: hint.filter(Boolean).join(' · '), to: `/patients/${row.id}` }
}
