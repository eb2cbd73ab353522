import { Alert } from 'antd'
import { Suspense, useEffect, useRef, type CSSProperties, type ReactNode } from 'react'
import { DateText, Go, Row, SexAge, Stack, useNarrow, useSlot, useT, type T } from '../../../platform/web/index.ts'
import type { PatientView } from '../contract/person.ts'
import { MainWorry } from './main-worry.tsx'

/** Stays below the top bar while the tabs scroll; the frame `Page` has no such head. */
const STICKY: CSSProperties = {
  position: 'sticky',
  top: 56,
  zIndex: 5,
  margin: '-8px 0',
  padding: '8px 0',
  background: 'var(--pb-ground)',
}

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
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${patient.name} · Peiban`
    // As after every navigation: readers hear whose page it is.
    heading.current?.focus({ preventScroll: true })
  }, [patient.id, patient.name])
  return (
    <div className="pb-page">
      <header style={{ ...STICKY, ...(narrow ? { top: 52 } : {}) }}>
        <Row>
          <h1 ref={heading} tabIndex={-1}>
            {patient.name}
          </h1>
          <SexAge sex={patient.sex} birthDate={patient.birthDate} />
          {patient.called && <span className="pb-hint">{t('header.called', { called: patient.called })}</span>}
          {parts.map(({ key, component: Part }) => (
            <Suspense key={key}>
              <Part patientId={patient.id} />
            </Suspense>
          ))}
        </Row>
      </header>
      <Stack tight>
        <States patient={patient} t={t} />
        <Carers patient={patient} t={t} />
        {patient.mainWorry && <MainWorry patient={patient} />}
      </Stack>
      {children}
    </div>
  )
}

function States({ patient, t }: { patient: PatientView; t: T }) {
  return (
    <>
      {patient.state === 'deceased' && patient.deceasedOn && (
        <Alert type="info" title={t('header.deceased', { date: patient.deceasedOn })} />
      )}
      {patient.state === 'merged' && (
        <Alert
          type="warning"
          title={t('header.merged')}
          action={patient.mergedInto && <Go to={`/patients/${patient.mergedInto}`}>{t('header.openMerged')}</Go>}
        />
      )}
      {patient.can.merge && patient.openProposals > 0 && (
        <Alert
          type="warning"
          title={
            <Go to={`/patients/doubles?patient=${patient.id}`}>
              {t('header.proposals', { count: patient.openProposals })}
            </Go>
          }
        />
      )}
    </>
  )
}

function Carers({ patient, t }: { patient: PatientView; t: T }) {
  const carers = [
    ['doctor', patient.doctor],
    ['manager', patient.manager],
    ['counsellor', patient.counsellor],
  ] as const
  return (
    <Row>
      {carers
        .filter(([role, carer]) => carer !== null || role === 'doctor')
        .map(([role, carer]) => (
          <span key={role}>
            <span className="pb-hint">{t(`header.${role}`)}</span>{' '}
            {carer?.name ?? <span className="pb-due">{t('header.nobody')}</span>}
          </span>
        ))}
      {patient.birthDate && (
        <span className="pb-hint">
          {t('field.birthDate')} <DateText date={patient.birthDate} />
        </span>
      )}
      {patient.recordNumber && (
        <span className="pb-hint pb-number">{t('header.recordNumber', { number: patient.recordNumber })}</span>
      )}
    </Row>
  )
}
