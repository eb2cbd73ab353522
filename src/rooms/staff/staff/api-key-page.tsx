import { Alert, Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { type Column, Card, DataTable, DraftForm, Empty, Field, InstantText, Loading, Page, ProblemAlert, SideDrawer, Stack, Status, useAction, useApi, useConfirmReach, useSay, useT } from '../../../platform/web/index.ts'
import { createApiKey, listApiKeys, MACHINE_PERMISSIONS, revokeApiKey } from '../contract/api-key.ts'

type Key = OutputOf<typeof listApiKeys>['keys'][number]

/** Keys with which other systems hand reports and recordings in. */
export function ApiKeyPage() {
  const t = useT('staff')
  const { data, error, refetch } = useApi(listApiKeys)
  const [creating, setCreating] = useState(false)
  const create = (
    <Button type="primary" onClick={() => setCreating(true)}>
      {t('keys.create')}
    </Button>
  )
  const columns: Column<Key>[] = [
    { key: 'name', title: t('keys.name'), render: ({ name }) => name },
    { key: 'state', title: t('staff.state'), render: (key) => <KeyState of={key} />, card: 'aside' },
    { key: 'may', title: t('keys.may'), render: ({ permissions }) => permissions.map((code) => t(mayText(code))).join(t('keys.and')) },
    { key: 'used', title: t('keys.lastUsed'), render: ({ lastUsedAt }) => (lastUsedAt ? <InstantText at={lastUsedAt} /> : t('keys.never')) },
    { key: 'expires', title: t('keys.expires'), render: ({ expiresAt }) => (expiresAt ? <InstantText at={expiresAt} near={false} /> : t('keys.noExpiry')) },
    { key: 'created', title: t('keys.created'), render: ({ createdAt }) => <InstantText at={createdAt} />, optional: true },
    { key: 'revoke', title: t('keys.act'), render: (key) => key.state === 'live' && <Revoke of={key} /> },
  ]
  return (
    <Page title={t('keys.title')} hint={t('keys.hint')} actions={create}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <Card flush>
          <DataTable name="api-keys" label={t('keys.title')} rows={data.keys} columns={columns} rowKey={({ id }) => id} rowName={({ name }) => name} empty={<Empty title={t('keys.empty')} action={create} />} />
        </Card>
      )}
      <SideDrawer title={t('keys.create')} open={creating} onClose={() => setCreating(false)}>
        <CreateKey onClose={() => setCreating(false)} />
      </SideDrawer>
    </Page>
  )
}

function KeyState({ of: { state } }: { of: Key }) {
  const t = useT('staff')
  return <Status tone={state === 'live' ? 'good' : 'plain'}>{t(`keys.states.${state}`)}</Status>
}

function Revoke({ of: { id, name } }: { of: Key }) {
  const t = useT('staff')
  const say = useSay()
  const confirm = useConfirmReach()
  const revoke = useAction(revokeApiKey, { invalidates: [listApiKeys], onDone: () => say.done(t('keys.revokedNow', { name })) })
  const ask = async () => {
    const reach = [t('keys.ask.effect'), t('keys.ask.stays')]
    if (!(await confirm({ title: t('keys.ask.title', { name }), reach, verb: t('keys.revoke'), danger: true }))) return
    revoke.mutate({ params: { apiKeyId: id } }, { onError: say.problem })
  }
  return (
    <Button size="small" loading={revoke.isPending} onClick={() => void ask()}>
      {t('keys.revoke')}
    </Button>
  )
}

interface Values {
  name: string
  permissions: Key['permissions']
  validDays: number
}
const MAY_TEXTS = { 'intake.submit': 'keys.mays.intake', 'recording.submit': 'keys.mays.recording', 'mail-report.submit': 'keys.mays.mailReport' } as const
const mayText = (code: Key['permissions'][number]) => MAY_TEXTS[code]

/** Stands for "no end" in the choice, since a select has no null. */
const WITHOUT_END = 0

function CreateKey({ onClose }: { onClose: () => void }) {
  const t = useT('staff')
  const [key, setKey] = useState<string>()
  const create = useAction(createApiKey, { invalidates: [listApiKeys] })
  const submit = async ({ name, permissions, validDays }: Values) => {
    const made = await create.mutateAsync({ body: { name, permissions, validDays: validDays === WITHOUT_END ? null : validDays } })
    setKey(made.key)
  }
  if (key)
    return (
      <Stack>
        <Alert type="info" title={t('keys.once')} description={<Input.TextArea readOnly autoSize value={key} aria-label={t('keys.key')} onFocus={(event) => event.target.select()} />} />
        <p className="pb-hint">{t('keys.use')}</p>
        <div>
          <Button type="primary" onClick={onClose}>
            {t('keys.noted')}
          </Button>
        </div>
      </Stack>
    )
  return (
    <DraftForm<Values> name="api-key" initial={{ permissions: ['intake.submit'], validDays: 365 }} onSubmit={submit} submit={t('keys.create')} onCancel={onClose}>
      <Field name="name" label={t('keys.name')} required extra={t('keys.nameHint')}>
        <Input maxLength={60} />
      </Field>
      <Field name="permissions" label={t('keys.may')} required>
        <Checkbox.Group options={MACHINE_PERMISSIONS.map((code) => ({ value: code, label: t(mayText(code)) }))} />
      </Field>
      <Field name="validDays" label={t('keys.valid')} required>
        <Select options={[90, 180, 365, 730, WITHOUT_END].map((days) => ({ value: days, label: days === WITHOUT_END ? t('keys.noExpiry') : t('keys.days', { count: days }) }))} />
      </Field>
    </DraftForm>
  )
}
