import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { ProblemAlert, Row, SideDrawer, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { installPack, type PackView } from '../contract/specialty-pack.ts'
import { WillDo } from './will-do.tsx'
import { CHANGED, useSaid } from './words.ts'

/** Where, and what comes of it; nothing is written before the button below. */
export function InstallDrawer({ pack, onClose }: { pack: PackView; onClose: () => void }) {
  const t = useT('specialty-pack')
  const said = useSaid()
  const say = useSay()
  const free = pack.choices.filter(({ installed }) => !installed)
  const yours = free.filter((one) => one.yours)
  const [chosen, setChosen] = useState<string[]>(() => (yours.length === 1 ? [yours[0]!.id] : []))
  const install = useAction(installPack, {
    invalidates: CHANGED,
    onDone: () => {
      say.done(t('said.installed', { name: said(pack.title) }))
      onClose()
    },
  })
  const submit = () =>
    install.mutate({
      params: { code: pack.code },
      body: { departmentIds: chosen as never, revision: pack.revision },
    })
  const isFirst = pack.departments.length === 0
  return (
    <SideDrawer
      title={t('install.title', { name: said(pack.title) })}
      open
      onClose={onClose}
      footer={
        <Row>
          <Button type="primary" disabled={chosen.length === 0} loading={install.isPending} onClick={submit}>
            {t(isFirst ? 'act.install' : 'act.extend')}
          </Button>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
        </Row>
      }
    >
      <Stack>
        {install.error && <ProblemAlert problem={install.error} />}
        <section aria-label={t('field.departments')}>
          <h3>{t('install.where')}</h3>
          <p className="pb-hint">{t('install.whereHint')}</p>
          <Stack tight>
            {free.map(({ id, name, yours: mine }) => (
              <div key={id}>
                <Checkbox
                  disabled={!mine}
                  checked={chosen.includes(id)}
                  onChange={({ target }) =>
                    setChosen(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
                  }
                >
                  {name}
                </Checkbox>
                {!mine && <span className="pb-hint">{t('install.notYours')}</span>}
              </div>
            ))}
          </Stack>
        </section>
        {isFirst || !pack.hasUpdate ? <WillDo pack={pack} /> : <p>{t('install.olderVersion')}</p>}
      </Stack>
    </SideDrawer>
  )
}
