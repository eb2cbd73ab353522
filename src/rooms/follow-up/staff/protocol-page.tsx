import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  Facts,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Stack,
  Status,
  useApi,
  useGo,
  usePathParam,
  useT,
  useShipped,
} from '../../../platform/web/index.ts'
import { getProtocol, type ProtocolVersionView } from '../contract/catalogue.ts'
import { ExportDrawer } from './exchange/export-drawer.tsx'
import { NewerNote } from './newer-note.tsx'
import { ProtocolSteps } from './protocol-steps.tsx'
import { WaitingCard } from './waiting.tsx'
import { quotaRuleWords, spreadWords, useSaid } from './words.ts'

/** One protocol, said in words a clinician can check, with its source and its versions. */
export function ProtocolPage() {
  const t = useT('follow-up')
  const shipped = useShipped()
  const said = useSaid()
  const code = usePathParam('code')
  const [chosen, setChosen] = useState<number>()
  const [exporting, setExporting] = useState(false)
  const go = useGo()
  const { data, error, refetch } = useApi(getProtocol, { params: { code } })
  const shown =
    data?.versions.find((one) => one.version === chosen) ??
    data?.versions.find((one) => one.state === 'published') ??
    data?.versions[0]
  if (error)
    return (
      <Page title={t('nav.protocol')}>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data || !shown)
    return (
      <Page title={t('nav.protocol')}>
        <Loading />
      </Page>
    )
  const { definition } = shown
  const draft = data.versions.find((one) => one.state === 'draft')
  // By other versions than the one that is shown: those are the ones it could take over.
  const active = data.versions.reduce((sum, one) => sum + one.active, 0)
  const running = data.versions.reduce((sum, one) => sum + (one.version === shown.version ? 0 : one.active), 0)
  return (
    <Page
      title={said(definition.name)}
      hint={said(definition.goal)}
      breadcrumbs={[{ label: t('protocol.title'), to: '/protocols' }]}
      actions={
        <>
          <Button onClick={() => setExporting(true)}>{t('exchange.export')}</Button>
          {shown.state === 'published' && running > 0 && (
            <Button onClick={() => go(`/protocols/${code}/running?version=${shown.version}`)}>
              {t('runningPage.open', { count: running })}
            </Button>
          )}
          <Button onClick={() => go(`/protocols/${code}/design`)}>
            {t(data.can.draft ? (draft ? 'protocol.editDraft' : 'protocol.newDraft') : 'design.look')}
          </Button>
          {draft && (data.can.publish || active > 0) && (
            <Button
              type={data.can.publish && !draft.isOwn ? 'primary' : 'default'}
              onClick={() => go(`/protocols/${code}/running?version=${draft.version}`)}
            >
              {data.can.publish && !draft.isOwn
                ? t('protocol.publish', { version: draft.version })
                : t('runningPage.preview', { version: draft.version })}
            </Button>
          )}
        </>
      }
    >
      <Stack>
        <NewerNote code={code} data={data} />
        <Card
          title={t('protocol.about', { version: shown.version })}
          extra={
            <Status tone={shown.state === 'published' ? 'good' : shown.state === 'draft' ? 'due' : 'plain'}>
              {t(`protocol.state.${shown.state}`, { version: shown.version })}
            </Status>
          }
        >
          <Stack>
            <Facts
              items={[
                [t('field.population'), said(definition.population)],
                [t('field.entry'), t(`protocol.entry.${entryOf(definition.entry)}`)],
                ...(data.reach
                  ? [
                      [
                        t('field.reach'),
                        data.reach.length > 0 ? data.reach.join(t('comma')) : t('protocol.closed'),
                      ] as const,
                    ]
                  : []),
                [t('field.anchor'), t(`anchor.${definition.anchor}`)],
                ...(definition.spread ? [[t('field.spread'), spreadWords(t, definition.spread)] as const] : []),
                [
                  t('field.quotas'),
                  definition.quotas
                    .map((quota) =>
                      quotaRuleWords(
                        t,
                        said(definition.steps.find(({ track }) => track === quota.track)?.name ?? definition.name),
                        quota,
                      ),
                    )
                    .join(t('comma')),
                ],
                [t('field.attemptRule'), t('protocol.attempts', definition.attempts)],
                [t('field.active'), String(shown.active)],
              ]}
            />
            <Facts
              items={[
                [t('field.licence'), shipped(definition.licence)],
                [t('field.reviewer'), definition.reviewer ?? t('protocol.unreviewed')],
              ]}
            />
            <p>
              <span className="pb-hint">{t('field.source')}</span> {shipped(definition.source)}
            </p>
          </Stack>
        </Card>
        <WaitingCard waiting={data.waiting} />
        <ProtocolSteps definition={definition} forms={data.forms} />
        <Card title={t('protocol.versions')} flush>
          <Versions versions={data.versions} shown={shown.version} onShow={setChosen} />
        </Card>
      </Stack>
      <ExportDrawer code={code} version={shown.version} open={exporting} onClose={() => setExporting(false)} />
    </Page>
  )
}

function entryOf(entry: ProtocolVersionView['definition']['entry']): string {
  return (['condition', 'procedure', 'encounter', 'tag'] as const).find((kind) => kind in entry) ?? 'hand'
}

function Versions({
  versions,
  shown,
  onShow,
}: {
  versions: ProtocolVersionView[]
  shown: number
  onShow: (version: number) => void
}) {
  const t = useT('follow-up')
  return (
    <ul className="pb-tries" style={{ padding: '8px 16px 16px' }}>
      {versions.map((one) => (
        <li key={one.version}>
          <button
            type="button"
            className="pb-link"
            aria-current={one.version === shown}
            onClick={() => onShow(one.version)}
          >
            {t('plan.version', { version: one.version })}
          </button>{' '}
          <Status tone={one.state === 'published' ? 'good' : one.state === 'draft' ? 'due' : 'plain'}>
            {t(`protocol.state.${one.state}`, { version: one.version })}
          </Status>{' '}
          <span className="pb-hint">
            {one.publishedAt ? <InstantText at={one.publishedAt} /> : <InstantText at={one.createdAt} />}{' '}
            {one.publisher ?? one.author ?? t(`protocol.origin.${one.origin}`)}
            {one.running && ` · ${t(`running.${one.running}`)}`} · {t('protocol.activeCount', { count: one.active })}
          </span>
        </li>
      ))}
    </ul>
  )
}
