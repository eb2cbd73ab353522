import { Button } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  Card,
  Empty,
  Facts,
  Loading,
  Page,
  ProblemAlert,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { getMailDomain, makeMailKey } from '../contract/mail-domain.ts'
import type { KeyKind } from '../contract/words.ts'
import { KeyCard } from './key-card.tsx'
import { ReturnForm } from './return-form.tsx'

type View = OutputOf<typeof getMailDomain>

/** 发信域名: the keys that mails are signed with, and where what cannot be delivered comes back to. */
export function MailDomainPage() {
  const t = useT('mail-domain')
  const { data, error, isLoading, refetch } = useApi(getMailDomain, {})
  return (
    <Page title={t('nav.mailDomain')} hint={t('hint')}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {isLoading && <Loading />}
      {data && <Keys view={data} />}
      {data && <Return view={data} />}
    </Page>
  )
}

function Keys({ view }: { view: View }) {
  const t = useT('mail-domain')
  const say = useSay()
  const make = useAction(makeMailKey, { invalidates: [getMailDomain], onDone: () => say.done(t('key.made')) })
  const shown = view.keys.filter(({ state }) => state !== 'gone')
  const isWaiting = (kind: KeyKind) => shown.some((key) => key.kind === kind && key.state === 'made')
  const button = (kind: KeyKind, primary: boolean) => (
    <Button
      key={kind}
      type={primary ? 'primary' : 'default'}
      disabled={isWaiting(kind)}
      loading={make.isPending}
      onClick={() => make.mutate({ body: { kind } })}
    >
      {t(shown.some((key) => key.kind === kind) ? `make.next.${kind}` : `make.first.${kind}`)}
    </Button>
  )
  return (
    <>
      <Card
        title={t('key.title')}
        extra={
          shown.length > 0 && (
            <span className="pb-row">
              {button('rsa', false)} {button('ed25519', false)}
            </span>
          )
        }
      >
        <Stack>
          <ProblemAlert problem={make.error} />
          <Facts items={[[t('field.mailFrom'), <span key="from">{view.mailFrom}</span>]]} />
          {shown.length === 0 ? (
            <Empty title={t('key.none')} hint={t('key.noneHint')} action={button('rsa', true)} />
          ) : (
            <p className="pb-hint">{t('key.rotateHint')}</p>
          )}
        </Stack>
      </Card>
      {shown.map((key) => (
        <KeyCard key={key.id} view={key} />
      ))}
    </>
  )
}

function Return({ view }: { view: View }) {
  const t = useT('mail-domain')
  const [editing, setEditing] = useState(false)
  const close = () => setEditing(false)
  return (
    <Card
      title={t('return.title')}
      extra={
        <Button onClick={() => setEditing(true)}>{t(view.returnPattern ? 'return.change' : 'return.enter')}</Button>
      }
    >
      {view.returnPattern ? (
        <Facts
          items={[
            [t('return.pattern'), view.returnPattern],
            [t('return.complaints'), view.complaintAddress ?? '—'],
          ]}
        />
      ) : (
        <Empty title={t('return.none')} hint={t('return.noneHint')} />
      )}
      <SideDrawer title={t('return.title')} open={editing} onClose={close}>
        {editing && <ReturnForm view={view} onDone={close} />}
      </SideDrawer>
    </Card>
  )
}
