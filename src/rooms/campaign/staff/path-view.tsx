import {
  BranchesOutlined,
  ClockCircleOutlined,
  ExperimentOutlined,
  LogoutOutlined,
  MailOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useT, useShipped } from '../../../platform/web/index.ts'
import type { CampaignFault } from '../contract/campaign.ts'
import type { Step } from '../contract/definition.ts'
import './campaign.css'
import { useLang, waitWords, type Named } from './words.ts'

export interface PathViewProps {
  path: readonly Step[]
  /** Conditions in words, by `step:<id>`. */
  sentences?: Readonly<Record<string, Named>>
  templateName: (code: string) => string
  /** How many wait at a step. */
  waiting?: ReadonlyMap<string, number>
  faults?: readonly CampaignFault[]
  /** What stands at the right of a step: buttons. */
  extra?: (step: Step) => ReactNode
}

const ICONS = {
  send: <MailOutlined aria-hidden />,
  wait: <ClockCircleOutlined aria-hidden />,
  split: <BranchesOutlined aria-hidden />,
  trial: <ExperimentOutlined aria-hidden />,
  exit: <LogoutOutlined aria-hidden />,
}

/** A path from above to below, branches beside each other. */
export function PathView(props: PathViewProps) {
  const t = useT('campaign')
  if (props.path.length === 0) return <p className="pb-hint">{t('path.empty')}</p>
  return (
    <ol className="pb-campaign-path">
      {props.path.map((step) => (
        <li key={step.id}>
          <StepView step={step} {...props} />
        </li>
      ))}
    </ol>
  )
}

function StepView({ step, ...props }: PathViewProps & { step: Step }) {
  const t = useT('campaign')
  const shipped = useShipped()
  const waiting = props.waiting?.get(step.id)
  const faults = props.faults?.filter((fault) => fault.step === step.id) ?? []
  const branches =
    step.kind === 'split'
      ? [
          { name: t('path.yes'), path: step.yes },
          { name: t('path.no'), path: step.no },
        ]
      : step.kind === 'trial'
        ? step.arms.map(({ name, share, path }) => ({ name: `${shipped(name)} · ${share} %`, path }))
        : []
  return (
    <>
      <div className="pb-campaign-step">
        <span className="pb-campaign-icon">{ICONS[step.kind]}</span>
        <div className="pb-campaign-words">
          <StepWords step={step} {...props} />
          {waiting !== undefined && <span className="pb-hint">{t('path.waiting', { count: waiting })}</span>}
          {faults.map((fault) => (
            <span key={fault.code} className="pb-status pb-tone-danger">
              {t(`fault.${fault.code}`, { value: fault.value })}
            </span>
          ))}
        </div>
        {props.extra?.(step)}
      </div>
      {branches.length > 0 && (
        <div className="pb-campaign-branches">
          {branches.map((branch) => (
            <section key={branch.name} aria-label={branch.name}>
              <h4>{branch.name}</h4>
              <PathView {...props} path={branch.path} />
            </section>
          ))}
        </div>
      )}
    </>
  )
}

function StepWords({ step, templateName, sentences = {} }: PathViewProps & { step: Step }) {
  const t = useT('campaign')
  const m = useT('message')
  const lang = useLang()
  const sentence = sentences[`step:${step.id}`]?.[lang] ?? ''
  if (step.kind === 'send')
    return (
      <>
        <strong>{t('path.send', { what: templateName(step.template) })}</strong>
        <span className="pb-hint">
          {step.channels
            ? t(`path.channels_${step.how}`, {
                list: step.channels
                  .map((one) => m(`channel.${one}`))
                  .join(step.how === 'ladder' ? ' → ' : t('path.and')),
              })
            : t('path.channelsOfTemplate')}
          {' · '}
          {t('path.valid', { count: step.validHours })}
        </span>
      </>
    )
  if (step.kind === 'wait') return <strong>{waitWords(t, step, sentence)}</strong>
  if (step.kind === 'split') return <strong>{t('path.split', { what: sentence })}</strong>
  return <strong>{t(step.kind === 'trial' ? 'path.trial' : 'path.exit')}</strong>
}
