import '../design/design.css'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Radio } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { z } from 'zod'
import {
  ApiProblem,
  call,
  Card,
  Empty,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useAddress,
  useApi,
  usePathParam,
  useSay,
  useT,
} from '../../../../platform/web/index.ts'
import { getProtocol, listProtocols, publishProtocol } from '../../contract/catalogue.ts'
import {
  decideSwitch,
  impactOfVersion,
  RUNS_MAX,
  SWITCH_HOWS,
  undoSwitch,
  type ImpactLine,
  type SwitchHow,
} from '../../contract/impact.ts'
import { LoadPreview } from '../load-preview.tsx'
import { useSaid } from '../words.ts'
import { decisionsOf, tally, type Choices } from './choices.ts'
import { RunningList } from './running-list.tsx'

const address = z.object({ version: z.coerce.number().int().optional() })

/**
 * What a version does to the plans that run: for all, for a group, for each. Of a draft it is looked at beforehand, and
 * published with the decision by whoever may; of a published one it is decided now.
 */
export function RunningPage() {
  const t = useT('follow-up')
  const said = useSaid()
  const code = usePathParam('code')
  const [{ version }] = useAddress(address)
  const { data, error, refetch } = useApi(getProtocol, { params: { code } })
  const target =
    data?.versions.find((one) => one.version === version) ??
    data?.versions.find(({ state }) => state === 'draft') ??
    data?.versions.find(({ state }) => state === 'published')
  const [round, setRound] = useState(0)
  const name = target ? said(target.definition.name) : code
  return (
    <Page
      title={target ? t('runningPage.title', { version: target.version }) : t('runningPage.plain')}
      breadcrumbs={[
        { label: t('protocol.title'), to: '/protocols' },
        { label: name, to: `/protocols/${code}` },
      ]}
    >
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!target && !error && <Loading />}
      {data && target && (
        <Stack>
          {target.state === 'draft' && (
            <Card title={t('load.title')}>
              <LoadPreview definition={target.definition} />
            </Card>
          )}
          <Deciding key={`${target.version} ${round}`} code={code} target={target} can={data.can} />
          <Former switches={data.switches} canUndo={data.can.decide} onUndone={() => setRound(round + 1)} />
        </Stack>
      )}
    </Page>
  )
}

type Protocol = NonNullable<ReturnType<typeof useApi<typeof getProtocol>>['data']>
type Version = Protocol['versions'][number]

function Deciding({ code, target, can }: { code: string; target: Version; can: Protocol['can'] }) {
  const t = useT('follow-up')
  const say = useSay()
  const { lines, total, problem, read } = useImpact(code, target.version)
  const [all, setAll] = useState<SwitchHow>('leave')
  const [choices, choose] = useState<Choices>(new Map())
  const isDraft = target.state === 'draft'
  const mayPublish = isDraft && can.publish && !target.isOwn
  const mayDecide = can.decide && (isDraft ? mayPublish : target.state === 'published')
  const [left, setLeft] = useState<{ runId: string; why: string }[]>([])
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ApiProblem>()
  const publish = useAction(publishProtocol, { invalidates: [listProtocols] })
  const decide = useAction(decideSwitch)
  const undo = useAction(undoSwitch, { invalidates: [getProtocol, listProtocols] })
  const client = useQueryClient()
  const deciding = { to: target.version, all, choices }
  const counts = tally(lines, deciding)
  const send = async () => {
    setBusy(true)
    setRefused(undefined)
    try {
      if (mayPublish)
        await publish.mutateAsync({
          params: { code },
          body: { version: target.version, running: 'leave', revision: target.revision },
        })
      const decisions = decisionsOf(lines, deciding)
      const ids: string[] = []
      const refusals: { runId: string; why: string }[] = []
      for (let from = 0; from < decisions.length; from += RUNS_MAX) {
        const answer = await decide.mutateAsync({
          params: { code },
          body: { to: target.version, decisions: decisions.slice(from, from + RUNS_MAX) as never },
        })
        if (answer.id) ids.push(answer.id)
        refusals.push(...answer.refused)
      }
      setLeft(refusals)
      choose(new Map())
      await client.invalidateQueries({ queryKey: [getProtocol.name] })
      await read()
      const text = t('runningPage.decided', { count: decisions.length - refusals.length })
      if (ids.length > 0)
        say.undoable({
          text,
          undo: async () => {
            for (const id of ids.toReversed()) await undo.mutateAsync({ params: { switchId: id as never } })
            await read()
          },
        })
      else say.done(text)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setRefused(error)
    } finally {
      setBusy(false)
    }
  }
  if (problem) return <ProblemAlert problem={problem} onRetry={() => void read()} />
  if (lines === undefined) return <Loading lines={6} />
  if (lines.length === 0 && total === 0)
    return (
      <Card>
        <Empty title={t('runningPage.none')} />
        {mayPublish && (
          <Button type="primary" loading={busy} onClick={() => void send()}>
            {t('protocol.publish', { version: target.version })}
          </Button>
        )}
        <ProblemAlert problem={refused} />
      </Card>
    )
  return (
    <>
      <Card title={t('runningPage.what', { count: total })}>
        <Stack>
          {isDraft && <p className="pb-hint">{t(target.isOwn ? 'runningPage.ownDraft' : 'runningPage.draft')}</p>}
          {lines.length < total && (
            <p role="status">{t('runningPage.reading', { done: lines.length, count: total })}</p>
          )}
          <div role="group" aria-label={t('runningPage.forAll')}>
            <p>
              <strong>{t('runningPage.forAll')}</strong>
            </p>
            <Radio.Group
              value={all}
              onChange={({ target: { value } }) => setAll(value as SwitchHow)}
              className="pb-stack"
              options={SWITCH_HOWS.map((value) => ({
                value,
                label: (
                  <span>
                    {t(`running.${value}`)} <span className="pb-hint">{t(`runningHint.${value}`)}</span>
                  </span>
                ),
              }))}
            />
          </div>
          <p role="status" aria-label={t('runningPage.sum')}>
            {SWITCH_HOWS.map((how) => (
              <span key={how} className="pb-path-sum">
                {t(`running.${how}`)} <strong className="pb-number">{counts[how]}</strong>{' '}
              </span>
            ))}
          </p>
          <ProblemAlert problem={refused} />
          {left.length > 0 && <Status tone="due">{t('runningPage.left', { count: left.length })}</Status>}
          {mayDecide ? (
            <Row>
              <Button type="primary" loading={busy} disabled={lines.length < total} onClick={() => void send()}>
                {mayPublish
                  ? t('runningPage.publish', { version: target.version })
                  : t('runningPage.decide', { count: decisionsOf(lines, deciding).length })}
              </Button>
            </Row>
          ) : (
            <p className="pb-hint">{t('runningPage.mayNot')}</p>
          )}
        </Stack>
      </Card>
      <RunningList
        lines={lines}
        deciding={deciding}
        readOnly={!mayDecide}
        left={new Set(left.map(({ runId }) => runId))}
        onChoose={(runIds, how) =>
          choose((before) => {
            const next = new Map(before)
            for (const runId of runIds) next.set(runId, how)
            return next
          })
        }
      />
    </>
  )
}

/** All plans, page after page; what has come is shown already. */
function useImpact(code: string, version: number) {
  const [lines, setLines] = useState<ImpactLine[]>()
  const [total, setTotal] = useState(0)
  const [problem, setProblem] = useState<ApiProblem>()
  const read = useCallback(async () => {
    setProblem(undefined)
    try {
      const found: ImpactLine[] = []
      let after: string | null = null
      do {
        const page: Awaited<ReturnType<typeof call<typeof impactOfVersion>>> = await call(impactOfVersion, {
          params: { code },
          body: { version, limit: 250, ...(after ? { after: after as never } : {}) },
        })
        found.push(...page.lines)
        setTotal(page.total)
        setLines([...found])
        after = page.next
      } while (after !== null)
    } catch (error) {
      setProblem(error as ApiProblem)
    }
  }, [code, version])
  useEffect(() => void read(), [read])
  return { lines, total, problem, read }
}

/** Decisions of the last days, with the way back. */
function Former({
  switches,
  canUndo,
  onUndone,
}: {
  switches: Protocol['switches']
  canUndo: boolean
  onUndone: () => void
}) {
  const t = useT('follow-up')
  const say = useSay()
  const undo = useAction(undoSwitch, {
    invalidates: [getProtocol, listProtocols],
    onDone: ({ undone, kept }) => {
      say.done(t('runningPage.undone', { count: undone, kept }))
      onUndone()
    },
  })
  if (switches.length === 0) return null
  return (
    <Card title={t('runningPage.former')}>
      <ProblemAlert problem={undo.error} />
      <ul className="pb-tries">
        {switches.map((one) => (
          <li key={one.id}>
            <InstantText at={one.at} /> {one.by} · {t('runningPage.formerLine', { count: one.plans, version: one.to })}{' '}
            {one.undoneAt ? (
              <Status>{t('runningPage.takenBack')}</Status>
            ) : (
              one.canUndo &&
              canUndo && (
                <Button
                  size="small"
                  loading={undo.isPending}
                  onClick={() => undo.mutate({ params: { switchId: one.id } })}
                >
                  {t('runningPage.undo')}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
      <p className="pb-hint">{t('runningPage.undoHint')}</p>
    </Card>
  )
}
