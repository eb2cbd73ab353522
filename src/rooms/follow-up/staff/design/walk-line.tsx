import { Select } from 'antd'
import { DateText, Status, useT, type Tone } from '../../../../platform/web/index.ts'
import type { WalkItemView } from '../../contract/walk.ts'
import { useSaid } from '../words.ts'
import { outcomeOf, type Assumed } from './assumptions.ts'
import { BranchWords, plainBranch } from './branch-words.tsx'
import { useDesign } from './context.ts'
import { useChannelWords, useTemplates } from './use-named.ts'

const TONES: Record<WalkItemView['state'], Tone> = { done: 'good', missed: 'danger', skipped: 'plain', open: 'due' }

/** One day of the walk: what happens, to whom, and why. What came of it may be assumed otherwise. */
export function WalkLine({
  item,
  nth,
  day,
  outcome,
  onAssume,
}: {
  item: WalkItemView
  nth: number
  day: number
  outcome: Assumed | undefined
  onAssume: (one: Assumed) => void
}) {
  const t = useT('follow-up')
  const said = useSaid()
  const channel = useChannelWords()
  const templates = useTemplates()
  const { definition, content } = useDesign()
  const step = definition.steps.find(({ code }) => code === item.step)
  const items = content.forms.find(({ code }) => code === step?.form)?.items ?? []
  const branch = item.branch && step?.branches[item.branch.index]
  const to = item.branch && definition.steps.find(({ code }) => code === item.branch!.next)
  const options = [
    { value: 'usual', label: t('design.walk.assume.done') },
    { value: 'missed', label: t('design.walk.assume.missed') },
    ...(step?.branches ?? []).flatMap((one, index) =>
      'missed' in one || !outcomeOf(one)
        ? []
        : [
            {
              value: `branch-${index}`,
              label: t('design.walk.assume.branch', { what: plainBranch(t, said, one, items) }),
            },
          ],
    ),
  ]
  const choose = (value: string) => {
    const chosen = value.startsWith('branch-') ? step?.branches[Number(value.slice(7))] : undefined
    const made = chosen ? outcomeOf(chosen)! : { result: value === 'missed' ? ('missed' as const) : ('done' as const) }
    onAssume({ step: item.step, nth, ...made })
  }
  const chosen =
    step?.branches.findIndex((one) => outcome && JSON.stringify(outcomeOf(one)) === JSON.stringify(without(outcome))) ??
    -1
  const template = item.message && templates.find(({ value }) => value === item.message!.template)
  const settles = item.kind !== 'message' && item.kind !== 'education' && item.state !== 'skipped'
  return (
    <li>
      <div className="pb-path-walkday">
        <strong>{t('design.day', { count: day })}</strong>
        <small className="pb-hint">
          <DateText date={item.on ?? item.dueOn} />
        </small>
      </div>
      <div>
        <p>
          <strong>{said(item.name)}</strong>{' '}
          <Status tone={TONES[item.state]}>{t(`design.walk.state.${item.state}`)}</Status>
        </p>
        <ul className="pb-path-changes">
          {item.message && (
            <li>
              {t('design.walk.message', {
                name: template?.label ?? item.message.template,
                channels:
                  (item.message.channels ?? []).map(channel).join(t('design.walk.then')) || t('design.walk.ofTemplate'),
              })}{' '}
              <DateText date={item.windowFrom} /> {item.message.at}
            </li>
          )}
          {item.task && (
            <li>
              {t('design.walk.task', { who: t(`owner.${item.task}`) })} <DateText date={item.windowFrom} /> –{' '}
              <DateText date={item.windowUntil} />
            </li>
          )}
          {item.escalatedTo && <li>{t('protocol.escalation', { who: t(`owner.${item.escalatedTo}`) })}</li>}
          {item.forPatient && <li>{t('design.walk.reads', { title: said(item.forPatient.title) })}</li>}
          {item.state === 'skipped' && (
            <li>
              {t('design.walk.because')} {item.skipped ? said(item.skipped) : t('design.walk.before')}
            </li>
          )}
          {branch && (
            <li>
              {t('design.walk.because')} <BranchWords branch={branch} items={items} /> →{' '}
              {to ? said(to.name) : t('protocol.end')}
            </li>
          )}
        </ul>
        {settles && step && (
          <Select
            size="small"
            aria-label={t('design.walk.assume.label', { name: said(item.name), count: nth })}
            value={
              chosen >= 0 && outcome?.result === 'done' && !isUsual(outcome)
                ? `branch-${chosen}`
                : outcome?.result === 'missed'
                  ? 'missed'
                  : 'usual'
            }
            options={options}
            onChange={choose}
            style={{ minInlineSize: 220, maxInlineSize: '100%' }}
          />
        )}
      </div>
    </li>
  )
}

const without = ({ step: _step, nth: _nth, ...rest }: Assumed) => rest
const isUsual = ({ action, answers }: Assumed) => action === undefined && answers === undefined
