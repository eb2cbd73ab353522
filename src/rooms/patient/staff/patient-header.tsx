import { Alert } from 'antd'
import type { CSSProperties, ReactNode } from 'react'
import { DateText, Go, Page, Row, SexAge, Stack, useNarrow, useSlot, useT, type T } from '../../../platform/web/index.ts'
import type { PatientView } from '../contract/person.ts'
import { MainWorry } from './main-worry.tsx'

const NAME = { fontSize: 20, fontWeight: 600 } as const
/** Stays below the top bar while the tabs scroll. */
const STICKY: CSSProperties = { position: 'sticky', top: 56, zIndex: 5, margin: '-8px 0 0', padding: '8px 0', background: 'var(--pb-ground)' }

export interface PatientHeaderProps {
  patient: PatientView
  children?: ReactNode
}

/**
 * Who this is: name, age, carers, the main worry, and what other rooms add (card, tags, allergies). The line with the
 * name never scrolls away; the rest gives way to the tabs.
 */
export function PatientHeader({ patient, children }: PatientHeaderProps) {
  const t = useT('patient')
  const narrow = useNarrow()
  const parts = useSlot('patientHeaderParts')
  return (
    <Page title={patient.name} windowTitle={patient.name} breadcrumbs={[{ label: t('nav.patients'), to: '/patients' }]}>
      <div style={{ ...STICKY, ...(narrow ? { top: 52 } : {}) }}>
        <Row>
          <span style={NAME} aria-hidden="true">
            {patient.name}
          </span>
          <SexAge sex={patient.sex} birthDate={patient.birthDate} />
          {patient.called && <span className="pb-hint">{t('header.called', { called: patient.called })}</span>}
          {parts.map(({ key, component: Part }) => (
            <Part key={key} patientId={patient.id} />
          ))}
        </Row>
      </div>
      <Stack tight>
        <States patient={patient} t={t} />
        <Carers patient={patient} t={t} />
        {patient.mainWorry && <MainWorry patient={patient} />}
      </Stack>
      {children}
    </Page>
  )
}

function States({ patient, t }: { patient: PatientView; t: T }) {
  return (
    <>
      {patient.state === 'deceased' && patient.deceasedOn && <Alert type="info" title={t('header.deceased', { date: patient.deceasedOn })} />}
      {patient.state === 'merged' && (
        <Alert type="warning" title={t('header.merged')} action={patient.mergedInto && <Go to={`/patients/${patient.mergedInto}`}>{t('header.openMerged')}</Go>} />
      )}
      {patient.can.merge && patient.openProposals > 0 && (
        <Alert type="warning" title={<Go to={`/patients/doubles?patient=${patient.id}`}>{t('header.proposals', { count: patient.openProposals })}</Go>} />
      )}
    </>
  )
}

function Carers({ patient, t }: { patient: PatientView; t: T }) {
  const carers = [['doctor', patient.doctor], ['manager', patient.manager], ['counsellor', patient.counsellor]] as const
  return (
    <Row>
      {carers
        .filter(([role, carer]) => carer !== null || role === 'doctor')
        .map(([role, carer]) => (
          <span key={role}>
            <span className="pb-hint">{t(`header.${role}`)}</span> {carer?.name ?? <span className="pb-due">{t('header.nobody')}</span>}
          </span>
        ))}
      {patient.recordNumber && <span className="pb-hint pb-number">{t('header.recordNumber', { number: patient.recordNumber })}</span>}
      {patient.birthDate && (
        <span className="pb-hint">
          <DateText date={patient.birthDate} />
        </span>
      )}
    </Row>
  )
}
