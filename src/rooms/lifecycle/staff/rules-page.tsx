import { Button } from 'antd'
import {
  Card,
  Go,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useSay,
  useT,
  useShipped,
} from '../../../platform/web/index.ts'
import {
  discardStageRule,
  draftStageRule,
  listStageRules,
  publishStageRule,
  type RuleOfStage,
  type RuleVersion,
} from '../contract/rule.ts'
import { STAGES } from '../contract/words.ts'
import { RULE_CHANGED } from './changed.ts'
import { capital, useSaid } from './words.ts'

/** 阶段规则: what each stage means, what brings somebody into it, and how many stand there. */
export function RulesPage() {
  const t = useT('lifecycle')
  const { data, error, refetch } = useApi(listStageRules)
  return (
    <Page title={t('nav.rules')} hint={t('rules.hint')}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} />}
      {data && (
        <Stack>
          <p className="pb-hint">{t('rules.of', { count: data.of })}</p>
          {data.rules.map((rule) => (
            <RuleCard key={rule.stage} rule={rule} canWrite={data.can.write} />
          ))}
        </Stack>
      )}
    </Page>
  )
}

function RuleCard({ rule, canWrite }: { rule: RuleOfStage; canWrite: boolean }) {
  const t = useT('lifecycle')
  const { stage, size, current, draft } = rule
  return (
    <Card
      title={t(`stage.${stage}`)}
      extra={
        canWrite && (
          <Go to={`/relationship-rules/${stage}/edit`} aria-label={t('edit.title', { stage: t(`stage.${stage}`) })}>
            {t('rules.edit')}
          </Go>
        )
      }
    >
      <Stack tight>
        <span className="pb-number">
          {size.fewerThan === null
            ? t('rules.people', { count: size.count ?? 0 })
            : t('rules.fewer', { few: size.fewerThan })}
        </span>
        {current && <Version stage={stage} version={current} />}
        {draft && <Draft stage={stage} draft={draft} canWrite={canWrite} />}
      </Stack>
    </Card>
  )
}

function Version({ stage, version }: { stage: RuleOfStage['stage']; version: RuleVersion }) {
  const t = useT('lifecycle')
  const shipped = useShipped()
  const said = useSaid()
  const { definition, sentence } = version
  return (
    <>
      <p>{said(definition.meaning)}</p>
      <p>
        <span className="pb-hint">{t('rules.condition')}</span>
        {sentence ? capital(said(sentence)) : t(stage === STAGES[0] ? 'tab.begins' : 'rules.byHand')}
      </p>
      <p className="pb-hint">
        {t('rules.source', { source: shipped(definition.source) })} ·{' '}
        {definition.reviewer ? t('rules.reader', { reviewer: definition.reviewer }) : t('rules.unread')} ·{' '}
        {t('rules.inForce', { version: version.version, by: version.publishedBy ?? version.changedBy })}{' '}
        <InstantText at={version.publishedAt ?? version.changedAt} />
      </p>
    </>
  )
}

function Draft({ stage, draft, canWrite }: { stage: RuleOfStage['stage']; draft: RuleVersion; canWrite: boolean }) {
  const t = useT('lifecycle')
  const said = useSaid()
  const say = useSay()
  const params = { stage }
  const publish = useAction(publishStageRule, {
    invalidates: RULE_CHANGED,
    onDone: () => say.done(t('rules.published')),
  })
  const again = useAction(draftStageRule, { invalidates: RULE_CHANGED })
  const discard = useAction(discardStageRule, {
    invalidates: RULE_CHANGED,
    onDone: () =>
      say.undoable({
        text: t('rules.discarded'),
        undo: () => again.mutateAsync({ params, body: { definition: draft.definition, revision: 0 } }),
      }),
  })
  return (
    <section>
      <Row>
        <Status tone="due">{t('rules.draft', { version: draft.version, by: draft.changedBy })}</Status>
        <span className="pb-hint">
          <InstantText at={draft.changedAt} />
        </span>
      </Row>
      <p>{said(draft.definition.meaning)}</p>
      <p>{draft.sentence ? capital(said(draft.sentence)) : t('rules.byHand')}</p>
      <Row>
        {draft.can.publish && (
          <Button
            type="primary"
            loading={publish.isPending}
            onClick={() => publish.mutate({ params, body: { revision: draft.revision } }, { onError: say.problem })}
          >
            {t('rules.publish')}
          </Button>
        )}
        {canWrite && !draft.can.publish && <span className="pb-hint">{t('rules.own')}</span>}
        {canWrite && (
          <Button
            type="text"
            loading={discard.isPending}
            onClick={() => discard.mutate({ params }, { onError: say.problem })}
          >
            {t('rules.discard')}
          </Button>
        )}
      </Row>
    </section>
  )
}
