import { Alert, Button } from 'antd'
import {
  Card,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useApi,
  useOpened,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import {
  discardGrowthContent,
  listGrowthContent,
  publishGrowthContent,
  type ContentCode,
  type ContentVersion,
  type ContentView,
} from '../contract/growth.ts'
import { CONTENT_CHANGED } from './changed.ts'
import { ProgrammeForm } from './programme-form.tsx'
import { ProgrammeText } from './programme-text.tsx'
import { SignsForm } from './signs-form.tsx'
import { SignsText } from './signs-text.tsx'

/** What is in force, the draft beside it, and who wrote and who published: one changes it, another puts it in force. */
export function ContentPart({ code }: { code: ContentCode }) {
  const t = useT('growth')
  const opened = useOpened('draft')
  const { data, error, refetch } = useApi(listGrowthContent)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  const content = data?.rows.find((one) => one.code === code)
  if (!content) return <Loading lines={6} />
  const { inForce, draft, can } = content
  return (
    <Stack>
      <p className="pb-hint">{t('content.hint')}</p>
      {draft && <Draft content={content} onEdit={() => opened.open(code)} />}
      <Card
        title={t(`setting.${code}`)}
        extra={can.write && !draft ? <Button onClick={() => opened.open(code)}>{t('content.edit')}</Button> : undefined}
      >
        <VersionLine version={inForce} />
        <TheText definition={inForce.definition} />
      </Card>
      <History content={content} />
      <SideDrawer title={t(`setting.${code}`)} open={opened.id === code} onClose={opened.close} widthPx={760}>
        <TheForm content={content} onClose={opened.close} />
      </SideDrawer>
    </Stack>
  )
}

function TheText({ definition }: { definition: ContentView['inForce']['definition'] }) {
  return definition.kind === 'programme' ? <ProgrammeText programme={definition} /> : <SignsText signs={definition} />
}

function TheForm({ content, onClose }: { content: ContentView; onClose: () => void }) {
  const from = content.draft ?? content.inForce
  const shared = { revision: content.draft?.revision ?? 0, onClose }
  return from.definition.kind === 'programme' ? (
    <ProgrammeForm key={content.draft?.revision} programme={from.definition} {...shared} />
  ) : (
    <SignsForm key={content.draft?.revision} signs={from.definition} {...shared} />
  )
}

function Draft({ content, onEdit }: { content: ContentView; onEdit: () => void }) {
  const t = useT('growth')
  const say = useSay()
  const done = (said: string) => ({ invalidates: CONTENT_CHANGED, onDone: () => say.done(t(said)) })
  const publish = useAction(publishGrowthContent, done('content.published'))
  const discard = useAction(discardGrowthContent, done('content.discarded'))
  const { code, can } = content
  const draft = content.draft!
  const params = { contentCode: code }
  return (
    <Card title={t('content.draft')} extra={<Status tone="due">{t('content.state.draft')}</Status>}>
      <Stack tight>
        <VersionLine version={draft} />
        {draft.faults.length > 0 && (
          <Alert
            type="warning"
            title={t('content.faults', { count: draft.faults.length })}
            description={draft.faults.map(({ kind, text }, n) => (
              <div key={n}>{t(`content.fault.${kind}`, { text })}</div>
            ))}
          />
        )}
        <TheText definition={draft.definition} />
        <Row>
          {can.publish && (
            <Button
              type="primary"
              disabled={draft.faults.length > 0}
              loading={publish.isPending}
              onClick={() => publish.mutate({ params, body: { revision: draft.revision } }, { onError: say.problem })}
            >
              {t('content.publish')}
            </Button>
          )}
          {can.write && <Button onClick={onEdit}>{t('content.editDraft')}</Button>}
          {can.write && (
            <Button
              danger
              type="text"
              loading={discard.isPending}
              onClick={() => discard.mutate({ params }, { onError: say.problem })}
            >
              {t('content.discard')}
            </Button>
          )}
          {!can.publish && <span className="pb-hint">{t('content.waits')}</span>}
        </Row>
      </Stack>
    </Card>
  )
}

function VersionLine({
  version: { version, changedBy, changedAt, publishedBy, publishedAt },
}: {
  version: ContentVersion
}) {
  const t = useT('growth')
  return (
    <p className="pb-hint">
      {version === 0 ? t('content.shipped') : t('content.version', { version })}
      {changedAt && (
        <>
          {' · '}
          {t('content.by', { name: changedBy })} <InstantText at={changedAt} />
        </>
      )}
      {publishedBy && (
        <>
          {' · '}
          {t('content.publishedBy', { name: publishedBy })} <InstantText at={publishedAt} />
        </>
      )}
    </p>
  )
}

function History({ content: { history, inForce } }: { content: ContentView }) {
  const t = useT('growth')
  const former = history.filter(({ version }) => version !== inForce.version)
  if (former.length === 0) return null
  return (
    <Card title={t('content.history')}>
      {former.map((one) => (
        <VersionLine key={one.version} version={one} />
      ))}
    </Card>
  )
}
