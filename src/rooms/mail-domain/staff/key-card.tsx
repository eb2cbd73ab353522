import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Typography } from 'antd'
import {
  Card,
  Facts,
  InstantText,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useConfirmReach,
  useSay,
  useT,
  type T,
  type Tone,
} from '../../../platform/web/index.ts'
import { checkMailKey, getMailDomain, retireMailKey, useMailKey, type MailKeyView } from '../contract/mail-domain.ts'

const TONES: Record<MailKeyView['state'], Tone> = { made: 'due', signing: 'good', retired: 'plain', gone: 'plain' }

/** One key: the record to publish, what was found of it, and what may be done now. */
export function KeyCard({ view }: { view: MailKeyView }) {
  const t = useT('mail-domain')
  const say = useSay()
  const client = useQueryClient()
  const confirm = useConfirmReach()
  const { kind, selector, state } = view
  const input = { params: { mailKeyId: view.id } }
  const invalidates = [getMailDomain]
  const check = useAction(checkMailKey, { invalidates })
  const use = useAction(useMailKey, {
    invalidates,
    onDone: () => say.done(t('key.used')),
  })
  // Where switching on is refused, what was found is kept and shown.
  const again = { onError: () => void client.invalidateQueries({ queryKey: [getMailDomain.name] }) }
  const retire = useAction(retireMailKey, { invalidates, onDone: () => say.done(t('key.retired')) })
  const askRetire = async () => {
    const is = state === 'signing' ? 'signing' : 'made'
    const question = { title: t(`retire.${is}.title`), reach: [t(`retire.${is}.reach`)], verb: t(`retire.${is}.do`) }
    if (await confirm({ ...question, danger: true })) retire.mutate(input)
  }
  const isOpen = state === 'made' || state === 'signing'
  return (
    <Card
      title={`${t(`kind.${kind}`)} · ${selector}`}
      extra={<Status tone={TONES[state]}>{t(`state.${state}`)}</Status>}
    >
      <Stack>
        <ProblemAlert problem={use.error ?? check.error ?? retire.error} />
        {!view.fits && isOpen && (
          <Alert type="warning" showIcon title={t('key.otherDomain', { domain: view.domain })} />
        )}
        {state === 'retired' && view.recordUntil && (
          <p className="pb-hint">
            {t('key.recordUntil')} <InstantText at={view.recordUntil} />
          </p>
        )}
        {state === 'made' && <p className="pb-hint">{t('key.publishHint')}</p>}
        <Facts
          items={[
            [t('record.name'), copyable(view.record.name)],
            [t('record.type'), 'TXT'],
            [t('record.found'), foundOf(t, view)],
            [
              t('key.madeBy'),
              <>
                {view.madeBy} · <InstantText at={view.madeAt} />
              </>,
            ],
          ]}
        />
        {isOpen && (
          <div>
            <div className="pb-hint">{t('record.value')}</div>
            {copyable(view.record.value)}
          </div>
        )}
        {isOpen && (
          <Row>
            {state === 'made' && (
              <Button type="primary" loading={use.isPending} onClick={() => use.mutate(input, again)}>
                {t('key.use')}
              </Button>
            )}
            <Button loading={check.isPending} onClick={() => check.mutate(input)}>
              {t('key.check')}
            </Button>
            <Button danger loading={retire.isPending} onClick={() => void askRetire()}>
              {t(state === 'signing' ? 'retire.signing.do' : 'retire.made.do')}
            </Button>
          </Row>
        )}
      </Stack>
    </Card>
  )
}

function copyable(text: string) {
  return (
    <Typography.Text copyable={{ text }} className="pb-number" style={{ wordBreak: 'break-all' }}>
      {text}
    </Typography.Text>
  )
}

function foundOf(t: T, { checked }: MailKeyView) {
  if (!checked) return t('record.unchecked')
  const tone: Tone = checked.finding === 'published' ? 'good' : checked.finding === 'other' ? 'danger' : 'due'
  return (
    <>
      <Status tone={tone}>{t(`finding.${checked.finding}`)}</Status> <InstantText at={checked.at} />
    </>
  )
}
