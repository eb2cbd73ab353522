import { Input, Radio } from 'antd'
import { DateInput, DateText, Field, Status, useT, type T } from '../../../platform/web/index.ts'
import { questionsOf } from '../contract/form.ts'
import type { ProposalView, VisitView } from '../contract/visit.ts'
import type { VisitValues } from './visit-form.tsx'
import { CLASS_TONES, useSaid } from './words.ts'

export interface ClassChoiceProps {
  visit: VisitView
  proposal: ProposalView | undefined
  values: VisitValues | undefined
}

/** The end of the form: what is proposed and why, what the person decides, and when the next visit is. */
export function ClassChoice({ visit, proposal, values }: ClassChoiceProps) {
  const t = useT('follow-up')
  const said = useSaid()
  if (!proposal) return null
  const chosenClass = values?.class ?? proposal.class
  const action = values?.action ?? proposal.action
  const next = proposal.next.find((one) => one.action === action)
  const differs = proposal.class !== null && (chosenClass !== proposal.class || action !== proposal.action)
  const actions = [...new Set([...proposal.next.map((one) => one.action), proposal.action])]
  return (
    <section className="pb-visit-group">
      <h3>{t('class.title')}</h3>
      {visit.classes.length > 0 && <Because visit={visit} proposal={proposal} />}
      {visit.classes.length > 0 && (
        <>
          <Field name="class" label={t('field.class')} required={proposal.class === null} style={{ marginTop: 12 }}>
            <Shown
              value={chosenClass}
              options={visit.classes.map((value) => ({ value, label: t(`class.${value}`) }))}
              label={t('field.class')}
            />
          </Field>
          {actions.length > 1 && (
            <Field name="action" label={t('field.action')}>
              <Shown
                value={action}
                options={actions.map((value) => ({ value, label: t(`action.${value}`) }))}
                label={t('field.action')}
              />
            </Field>
          )}
          {differs && (
            <Field name="classReason" label={t('field.classReason')} required>
              <Input maxLength={300} />
            </Field>
          )}
        </>
      )}
      {action === 'refer' && <Referral />}
      {next && (
        <Field
          name="nextOn"
          label={t('field.nextOn')}
          from={t('form.next', { step: said(next.stepName), latest: next.latestOn })}
        >
          <DateInput placeholder={next.dueOn} />
        </Field>
      )}
    </section>
  )
}

/** A choice that shows the proposed one until another is made. */
function Shown({
  value,
  options,
  label,
  onChange,
}: {
  value?: unknown
  options: { value: string; label: string }[]
  label: string
  onChange?: (value: string) => void
}) {
  return (
    <Radio.Group
      aria-label={label}
      options={options}
      value={value}
      onChange={({ target }) => onChange?.(target.value as string)}
    />
  )
}

function Because({ visit, proposal }: { visit: VisitView; proposal: ProposalView }) {
  const t = useT('follow-up')
  const first = proposal.next.find((one) => one.action === proposal.action)
  return (
    <div className={`pb-proposal${proposal.emergency ? ' pb-proposal-danger' : ''}`} role="status">
      <div>
        {proposal.emergency && <strong className="pb-danger">{t('class.emergency')} </strong>}
        {t('class.proposed')}{' '}
        {proposal.class ? (
          <Status tone={CLASS_TONES[proposal.class]}>{t(`class.${proposal.class}`)}</Status>
        ) : (
          t('class.unknown')
        )}
        {', '}
        {t(`action.${proposal.action}`)}
        {first && (
          <>
            {' · '}
            <DateText date={first.dueOn} />
          </>
        )}
      </div>
      <ul>
        {proposal.because.map((one) => (
          <li key={`${one.code} ${one.item ?? ''}`}>
            <BecauseLine visit={visit} one={one} t={t} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function BecauseLine({ visit, one, t }: { visit: VisitView; one: ProposalView['because'][number]; t: T }) {
  const said = useSaid()
  const question = visit.form ? questionsOf(visit.form).find(({ linkId }) => linkId === one.item) : undefined
  const options =
    question?.type === 'choice'
      ? question.options.filter(({ code }) => one.options?.includes(code)).map(({ text }) => said(text))
      : []
  const name = question ? said(question.text) : ''
  return (
    <>
      {t(`because.${one.code}`, {
        name,
        value: one.value ?? '',
        limit: one.limit ?? '',
        options: options.join(t('comma')) || String(one.value ?? ''),
      })}
    </>
  )
}

function Referral() {
  const t = useT('follow-up')
  return (
    <div className="pb-visit-fields">
      <Field name={['referral', 'referTo']} label={t('field.referTo')}>
        <Input maxLength={120} placeholder={t('form.referTo')} />
      </Field>
      <Field name={['referral', 'reason']} label={t('field.referReason')}>
        <Input maxLength={300} />
      </Field>
    </div>
  )
}
