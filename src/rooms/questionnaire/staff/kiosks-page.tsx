import { TabletOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import {
  call,
  Card,
  DraftForm,
  Empty,
  Field,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useOpened,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { endKiosk, listKiosks, setUpKiosk } from '../contract/kiosks.ts'

/** 平板填写: the tablets that take codes. */
export function KiosksPage() {
  const t = useT('questionnaire')
  const say = useSay()
  const adding = useOpened('add')
  const { data, error, refetch } = useApi(listKiosks)
  const end = useAction(endKiosk, { invalidates: [listKiosks], onDone: () => say.done(t('kiosks.ended')) })
  const add = (
    <Button type="primary" icon={<TabletOutlined />} onClick={() => adding.open('new')}>
      {t('kiosks.add')}
    </Button>
  )
  return (
    <Page
      title={t('kiosks.title')}
      hint={t('kiosks.hint')}
      width="reading"
      actions={data?.rows.length ? add : undefined}
    >
      <ProblemAlert problem={error ?? end.error} onRetry={() => void refetch()} />
      {!data && !error && <Loading lines={4} />}
      {data?.rows.length === 0 && <Empty title={t('kiosks.empty')} hint={t('kiosks.emptyHint')} action={add} />}
      <Stack>
        {data?.rows.map(({ id, name, madeAt, madeBy }) => (
          <Card key={id}>
            <Row>
              <strong>{name}</strong>
              <span className="pb-hint">
                {t('kiosks.made')} {madeBy} <InstantText at={madeAt} />
              </span>
              <Button danger type="text" onClick={() => end.mutate({ params: { kioskId: id } })}>
                {t('kiosks.end')}
                <span className="pb-sr">{name}</span>
              </Button>
            </Row>
          </Card>
        ))}
      </Stack>
      <AddDrawer open={adding.id !== undefined} onClose={adding.close} />
    </Page>
  )
}

function AddDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT('questionnaire')
  const client = useQueryClient()
  const [link, setLink] = useState<string>()
  const close = () => {
    setLink(undefined)
    onClose()
  }
  return (
    <SideDrawer title={t('kiosks.add')} open={open} onClose={close} widthPx={420}>
      {link ? (
        <Stack>
          <p>{t('kiosks.link')}</p>
          <Input.TextArea readOnly autoSize value={link} aria-label={t('kiosks.link')} />
          <Row>
            <Button type="primary" onClick={close}>
              {t('invite.done')}
            </Button>
          </Row>
        </Stack>
      ) : (
        <DraftForm<{ name: string }>
          name="questionnaire-kiosk"
          schema={setUpKiosk.body}
          submit={t('kiosks.add')}
          onSubmit={async (body) => {
            const made = await call(setUpKiosk, { body })
            setLink(made.link)
            await client.invalidateQueries({ queryKey: [listKiosks.name] })
          }}
          onCancel={close}
        >
          <Field name="name" label={t('kiosks.name')} required>
            <Input maxLength={60} placeholder={t('kiosks.nameHint')} />
          </Field>
        </DraftForm>
      )}
    </SideDrawer>
  )
}
