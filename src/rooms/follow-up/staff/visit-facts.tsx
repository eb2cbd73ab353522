import { DateText, Status, useT } from '../../../platform/web/index.ts'
import type { VisitView } from '../contract/visit.ts'
import { CLASS_TONES, quotaWords, useSaid } from './words.ts'

/** Beside the form: what worries the person, what they take and must not get, and how the visits before went. */
export function VisitFacts({ visit }: { visit: VisitView }) {
  const t = useT('follow-up')
  const said = useSaid()
  const { patient, allergies, medications, quotas, visits } = visit
  return (
    <>
      {patient.mainWorry && (
        <section>
          <h3>{t('facts.worry')}</h3>
          <p style={{ overflowWrap: 'anywhere' }}>{patient.mainWorry}</p>
        </section>
      )}
      {allergies.length > 0 && (
        <section>
          <h3>{t('facts.allergies')}</h3>
          <p className="pb-danger">
            {allergies
              .map(({ substance, reaction }) => (reaction ? `${substance}（${reaction}）` : substance))
              .join(t('comma'))}
          </p>
        </section>
      )}
      {visits.length > 0 && <Former visits={visits} />}
      {medications.length > 0 && (
        <section>
          <h3>{t('facts.medications')}</h3>
          <ul className="pb-tries">
            {medications.map((one) => (
              <li key={`${one.name} ${one.dose}`}>
                {one.name} <span className="pb-hint">{one.dose}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {quotas.length > 0 && (
        <section>
          <h3>{t('facts.quotas')}</h3>
          {quotas.map((quota) => (
            <p key={`${quota.track} ${quota.way}`} className={quota.done >= quota.perYear ? '' : 'pb-hint'}>
              {quotaWords(t, said, quota)}
            </p>
          ))}
        </section>
      )}
      <section>
        <h3>{t('facts.team')}</h3>
        <p className="pb-hint">
          {[
            patient.doctorName && t('facts.doctor', { name: patient.doctorName }),
            patient.managerName && t('facts.manager', { name: patient.managerName }),
          ]
            .filter(Boolean)
            .join(' · ') || t('facts.nobody')}
        </p>
      </section>
    </>
  )
}

function Former({ visits }: { visits: VisitView['visits'] }) {
  const t = useT('follow-up')
  const said = useSaid()
  return (
    <section>
      <h3>{t('facts.visits')}</h3>
      <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('facts.visits')}>
        <table className="pb-visits-table">
          <thead>
            <tr>
              <th scope="col">{t('field.actualOn')}</th>
              <th scope="col">{t('facts.values')}</th>
              <th scope="col">{t('field.class')}</th>
            </tr>
          </thead>
          <tbody>
            {visits.map((one) => (
              <tr key={one.id} title={said(one.stepName)}>
                <td>
                  <DateText date={one.actualOn} />
                </td>
                <td className="pb-number">{valuesOf(one.values)}</td>
                <td>{one.class && <Status tone={CLASS_TONES[one.class]}>{t(`class.${one.class}`)}</Status>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** 138/86 · 6.4 */
function valuesOf({ sbp, dbp, fpg, weight, pain }: Record<string, number>): string {
  const pressure = sbp === undefined && dbp === undefined ? undefined : `${sbp ?? '–'}/${dbp ?? '–'}`
  return [
    pressure,
    fpg,
    weight === undefined ? undefined : `${weight} kg`,
    pain === undefined ? undefined : `${pain}/10`,
  ]
    .filter((one) => one !== undefined)
    .join(' · ')
}
