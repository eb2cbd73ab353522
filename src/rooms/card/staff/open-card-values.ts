import type { NewPatient } from '../../patient/contract/person.ts'
import type { ConsentPurpose } from '../contract/card.ts'

export type OpenCardValues = NewPatient & { consents?: Partial<Record<ConsentPurpose, boolean>> }

/** What the form holds → what the endpoint takes: empty fields are left out, a guardian counts for children only. */
export function patientOf({ consents: _consents, ...values }: OpenCardValues, minor: boolean): NewPatient {
  const filled = (text: string | undefined) => text?.trim() || undefined
  return {
    name: values.name,
    sex: values.sex,
    birthDate: values.birthDate ?? undefined,
    paper: values.paper && filled(values.paper.number) ? values.paper : undefined,
    phone: filled(values.phone),
    email: filled(values.email),
    recordNumber: filled(values.recordNumber),
    guardian: minor && values.guardian?.name ? values.guardian : undefined,
    level: values.level,
    source: values.source,
    called: values.called ?? '',
  }
}
