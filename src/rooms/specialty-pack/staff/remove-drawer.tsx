import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { DateText, ProblemAlert, Row, SideDrawer, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { installPack, removePack, type PackView } from '../contract/specialty-pack.ts'
import { CHANGED, useSaid } from './words.ts'

/** Nobody new begins; what runs is listed and goes on. */
export function RemoveDrawer({ pack, onClose }: { pack: PackView; onClose: () => void }) {
  const t = useT('specialty-pack')
  const said = useSaid()
  const say = useSay()
  const used = pack.choices.filter(({ installed, yours }) => installed && yours)
  const [chosen, setChosen] = useState<string[]>(() => used.map(({ id }) => id))
  const params = { code: pack.code }
  const again = useAction(installPack, { invalidates: CHANGED })
  const remove = useAction(removePack, {
    invalidates: CHANGED,
    onDone: ({ revision }) => {
      const departmentIds = chosen as never
      say.undoable({
        text: t('said.removed', { name: said(pack.title) }),
        undo: () => again.mutateAsync({ params, body: { departmentIds, revision } }),
      })
      onClose()
    },
  })
  const isLast = pack.departments.every(({ id }) => chosen.includes(id))
  return (
    <SideDrawer
      title={t('remove.title', { name: said(pack.title) })}
      open
      onClose={onClose}
      footer={
        <Row>
          <Button
            type="primary"
            disabled={chosen.length === 0}
            loading={remove.isPending}
            onClick={() => remove.mutate({ params, body: { departmentIds: chosen as never, revision: pack.revision } })}
          >
            {t('remove.act')}
          </Button>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
        </Row>
      }
    >
      <Stack>
        {remove.error && <ProblemAlert problem={remove.error} />}
        <section aria-label={t('field.departments')}>
          <h3>{t('remove.where')}</h3>
          <Stack tight>
            {used.map(({ id, name }) => (
              <Checkbox
                key={id}
                checked={chosen.includes(id)}
                onChange={({ target }) =>
                  setChosen(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
                }
              >
                {name}
              </Checkbox>
            ))}
          </Stack>
        </section>
        <section aria-label={t('remove.running')}>
          <h3>{t('remove.running')}</h3>
          <p className="pb-hint">{t('remove.runningHint')}</p>
          {pack.atWork.length === 0 && <p>{t('remove.nobody')}</p>}
          {pack.atWork.map((one) => (
            <p key={`${one.kind} ${one.code}`}>
              {said(one.name)}{' '}
              {t(`work.${one.kind}`, { count: one.people, visits: one.openVisits, answers: one.answers })}
              {one.nextDueOn && (
                <span className="pb-hint">
                  {' · '}
                  {t('work.next')} <DateText date={one.nextDueOn} />
                </span>
              )}
            </p>
          ))}
        </section>
        {isLast ? <Stays pack={pack} /> : <p>{t('remove.others')}</p>}
      </Stack>
    </SideDrawer>
  )
}

/** What becomes of the parts when the last department leaves. */
function Stays({ pack }: { pack: PackView }) {
  const t = useT('specialty-pack')
  return (
    <section aria-label={t('remove.parts')}>
      <h3>{t('remove.parts')}</h3>
      <ul className="pb-reach">
        {['protocols', 'offered', 'tags', 'alerts', 'own'].map((line) => (
          <li key={line}>{t(`remove.stays.${line}`)}</li>
        ))}
        {pack.waiting > 0 && <li>{t('remove.stays.drafts', { count: pack.waiting })}</li>}
      </ul>
    </section>
  )
}
