import { ask, lazyPage, type PatientHeaderPart } from '../../../platform/web/index.ts'
import { cardsOfPatient } from '../contract/card.ts'

export const patientHeaderParts: PatientHeaderPart[] = [
  {
    key: 'card',
    order: 10,
    permission: 'patient.read',
    component: lazyPage(
      async () => (await import('./card-state.tsx')).CardState as never,
    ) as PatientHeaderPart['component'],
    asks: ({ patientId }) => [ask(cardsOfPatient, { params: { patientId } })],
  },
]
