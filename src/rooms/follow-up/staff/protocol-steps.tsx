import { Card, Stack, useT, useShipped } from '../../../platform/web/index.ts'
import { questionsOf, type FormDefinition } from '../contract/form.ts'
import type { ProtocolDefinition, Step } from '../contract/protocol.ts'
import { BranchWords, type WordedItem } from './design/branch-words.tsx'
import { intervalWords, marginWords, SIGNS, useSaid } from './words.ts'
import './follow-up.css'

/** The steps of a protocol as sentences, and how its visits are classed. */
export function ProtocolSteps({ definition, forms }: { definition: ProtocolDefinition; forms: FormDefinition[] }) {
  const t = useT('follow-up')
  const shipped = useShipped()
  const said = useSaid()
  const names = new Map(definition.steps.map((step) => [step.code, said(step.name)]))
  const itemsOf = (form: string | null): WordedItem[] =>
    forms
      .filter(({ code }) => code === form)
      .flatMap(questionsOf)
      .map((question) => ({
        linkId: question.linkId,
        text: question.text,
        ...('unit' in question ? { unit: shipped(question.unit) } : {}),
        ...('options' in question ? { options: question.options } : {}),
      }))
  const formNames = new Map(forms.map((form) => [form.code, said(form.name)]))
  return (
    <>
      <Card title={t('protocol.steps')}>
        <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('protocol.steps')}>
          <table className="pb-protocol-steps">
            <thead>
              <tr>
                {['step', 'when', 'window', 'how', 'then'].map((key) => (
                  <th key={key} scope="col">
                    {t(`stepTable.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {definition.steps.map((step) => (
                <tr key={step.code}>
                  <td>{said(step.name)}</td>
                  <td>
                    <When step={step} />
                  </td>
                  <td>
                    {t('protocol.window', {
                      before: marginWords(t, step.window.before),
                      after: marginWords(t, step.window.after),
                    })}
                  </td>
                  <td>
                    {[
                      t(`stepWay.${step.way}`),
                      t(`owner.${step.owner}`),
                      step.form && formNames.get(step.form),
                      step.escalation && t('protocol.escalation', { who: t(`owner.${step.escalation}`) }),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </td>
                  <td>
                    <Then step={step} names={names} items={itemsOf(step.form)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
      {definition.classing && <Classing definition={definition} forms={forms} />}
    </>
  )
}

function When({ step }: { step: Step }) {
  const t = useT('follow-up')
  const lines = [
    step.first && t('protocol.first', { interval: intervalWords(t, step.first) }),
    step.after && t('protocol.after', { interval: intervalWords(t, step.after) }),
  ].filter(Boolean)
  return (
    <Stack tight>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </Stack>
  )
}

function Then({
  step,
  names,
  items,
}: {
  step: Step
  names: ReadonlyMap<string, string>
  items: readonly WordedItem[]
}) {
  const t = useT('follow-up')
  return (
    <Stack tight>
      {step.branches.map((branch, index) => {
        const to = branch.next === null ? t('protocol.end') : (names.get(branch.next) ?? branch.next)
        return (
          <span key={index}>
            <BranchWords branch={branch} items={items} /> → {to}
          </span>
        )
      })}
      <span>{step.next ? t('protocol.next', { step: names.get(step.next) ?? step.next }) : t('protocol.end')}</span>
    </Stack>
  )
}

function Classing({ definition, forms }: { definition: ProtocolDefinition; forms: FormDefinition[] }) {
  const t = useT('follow-up')
  const shipped = useShipped()
  const said = useSaid()
  const { classing } = definition
  const questions = new Map(forms.flatMap(questionsOf).map((question) => [question.linkId, question]))
  const name = (item: string) => {
    const question = questions.get(item)
    return question ? said(question.text) : item
  }
  const unit = (item: string) => {
    const question = questions.get(item)
    return question && 'unit' in question ? shipped(question.unit) : ''
  }
  if (!classing) return null
  return (
    <Card title={t('protocol.classing')}>
      <Stack tight>
        {classing.kind === 'control' ? (
          <>
            <p>{t('protocol.rule')}</p>
            {classing.targets.map((one) => (
              <p key={`${one.item} ${one.fromAge}`}>
                {t('protocol.target', {
                  name: name(one.item),
                  op: SIGNS[one.op],
                  value: one.value,
                  unit: unit(one.item),
                })}
                {one.fromAge > 0 && t('protocol.fromAge', { count: one.fromAge })}{' '}
                <span className="pb-hint">{shipped(one.source)}</span>
              </p>
            ))}
            <p className="pb-danger">
              {t('protocol.emergency', {
                list: classing.emergency
                  .map((one) => `${name(one.item)} ${SIGNS[one.op]} ${one.value} ${unit(one.item)}`)
                  .join(t('comma')),
              })}
            </p>
          </>
        ) : (
          <p>{t('protocol.survey')}</p>
        )}
        <p className="pb-hint">{shipped(classing.source)}</p>
      </Stack>
    </Card>
  )
}
