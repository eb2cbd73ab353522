import { Button, Steps } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import {
  ApiProblem,
  Card,
  Loading,
  Page,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useAddress,
  useApi,
  useGo,
  usePathParam,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { ALL_DAYS, draftForDay, readCalendar } from '../contract/calendar.ts'
import { createCampaign, listCampaigns, readCampaign, saveCampaign, type CampaignFault } from '../contract/campaign.ts'
import type { CampaignDefinition } from '../contract/definition.ts'
import { CheckStep } from './check-step.tsx'
import { AudienceStep, GoalStep } from './editor-steps.tsx'
import { PathEditor } from './path-editor.tsx'
import { TriggerStep } from './trigger-step.tsx'
import { emptyDefinition } from './words.ts'

export type Draft = Partial<CampaignDefinition>

const newSchema = z.object({ day: z.string().max(40).optional() })

/** Empty, or with everything but the words for a day of the calendar (`?day=kidney`). */
export function NewCampaignPage() {
  const t = useT('campaign')
  const [{ day }] = useAddress(newSchema)
  const { data, error, refetch } = useApi(readCalendar, ALL_DAYS, { enabled: day !== undefined })
  if (day === undefined) return <Editor initial={emptyDefinition()} campaignId={null} revision={null} />
  const line = data?.rows.find(({ code }) => code === day)
  if (data)
    return <Editor key={day} initial={line ? draftForDay(line) : emptyDefinition()} campaignId={null} revision={null} />
  return (
    <Page title={t('edit.new')}>
      {error ? <ProblemAlert problem={error} onRetry={() => void refetch()} /> : <Loading />}
    </Page>
  )
}

export function EditCampaignPage() {
  const t = useT('campaign')
  const campaignId = usePathParam('campaignId')
  const { data, error, refetch } = useApi(readCampaign, { params: { campaignId: campaignId as never } })
  const version = data?.open ?? data?.inForce
  if (!version)
    return (
      <Page title={t('edit.title')}>
        {error ? <ProblemAlert problem={error} onRetry={() => void refetch()} /> : <Loading />}
      </Page>
    )
  return (
    <Editor
      key={campaignId}
      campaignId={campaignId}
      initial={version.definition}
      revision={data?.open?.revision ?? null}
    />
  )
}

const STEPS = ['goal', 'audience', 'trigger', 'path', 'check'] as const

interface EditorProps {
  initial: Draft
  campaignId: string | null
  /** Of the draft that was read; null begins one. */
  revision: number | null
}

/** A campaign step by step: goal first, then for whom, when, the path, and what still stands in the way. */
function Editor({ initial, campaignId, revision }: EditorProps) {
  const t = useT('campaign')
  const say = useSay()
  const go = useGo()
  const [draft, setDraft] = useState<Draft>(initial)
  const [at, setAt] = useState(0)
  const [faults, setFaults] = useState<readonly CampaignFault[]>()
  const [kept, setKept] = useState({ id: campaignId, revision })
  const invalidates = [readCampaign, listCampaigns, readCalendar]
  const create = useAction(createCampaign, { invalidates })
  const save = useAction(saveCampaign, { invalidates })
  const problem = save.error ?? create.error
  const change = (part: Draft) => {
    setDraft((former) => ({ ...former, ...part }))
    // What was refused was said of what stood there before.
    save.reset()
    create.reset()
  }
  // The name and the goal are all that keeping asks for; the server says what is lacking.
  const keep = async () => {
    const definition = draft as CampaignDefinition
    const answer = kept.id
      ? await save.mutateAsync({
          params: { campaignId: kept.id as never },
          body: { definition, revision: kept.revision },
        })
      : await create.mutateAsync({ body: { definition } })
    setKept({ id: answer.id, revision: answer.revision })
    setFaults(answer.faults)
    say.done(t('edit.kept'))
    return answer
  }
  // A refusal is shown by ProblemAlert; nothing else is to be done about it here.
  const quietly = (work: Promise<unknown>) => void work.catch(() => {})
  const step = STEPS[at]!
  return (
    <Page
      title={campaignId ? t('edit.title') : t('edit.new')}
      breadcrumbs={[{ label: t('nav.campaigns'), to: '/campaigns' }]}
      actions={
        <Row>
          <Button loading={save.isPending || create.isPending} onClick={() => quietly(keep())}>
            {t('edit.keep')}
          </Button>
          <Button type="primary" onClick={() => quietly(keep().then(({ id }) => go(`/campaigns/${id}`)))}>
            {t('edit.finish')}
          </Button>
        </Row>
      }
    >
      <Stack>
        <Steps
          current={at}
          onChange={setAt}
          size="small"
          items={STEPS.map((key) => ({ title: t(`edit.step_${key}`) }))}
        />
        <ProblemAlert problem={problem} />
        {problem instanceof ApiProblem && <Lacking fields={problem.fields} />}
        <Card title={t(`edit.step_${step}`)}>
          {step === 'goal' && <GoalStep draft={draft} change={change} />}
          {step === 'audience' && <AudienceStep draft={draft} change={change} />}
          {step === 'trigger' && <TriggerStep draft={draft} change={change} />}
          {step === 'path' && (
            <PathEditor path={draft.path ?? []} all={draft.path ?? []} onChange={(path) => change({ path })} />
          )}
          {step === 'check' && <CheckStep draft={draft} faults={faults} />}
        </Card>
        <Row>
          {at > 0 && <Button onClick={() => setAt(at - 1)}>{t('edit.back')}</Button>}
          {at < STEPS.length - 1 && (
            <Button type="primary" onClick={() => setAt(at + 1)}>
              {t('edit.next')}
            </Button>
          )}
        </Row>
      </Stack>
    </Page>
  )
}

const PARTS = ['goal', 'name', 'aim', 'success', 'audience', 'trigger', 'path', 'sources', 'leave'] as const

/** Which part of the campaign each refusal is about. */
function Lacking({ fields }: { fields: ApiProblem['fields'] }) {
  const t = useT('campaign')
  const partOf = (name: string) => PARTS.find((part) => name.startsWith(`definition.${part}`)) ?? 'name'
  return (
    <ul className="pb-plain-list">
      {fields.map(({ field, message }) => (
        <li key={field}>
          {t(`part.${partOf(field)}`)}：{message}
        </li>
      ))}
    </ul>
  )
}
