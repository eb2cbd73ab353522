import { useEffect, useState, type ReactNode } from 'react'
import {
  type ApiProblem,
  call,
  language,
  Notice,
  Screen,
  useLocale,
  useT,
} from '../../../platform/patient-web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { lookAtLink, openLink } from '../contract/invitations.ts'
import { BirthDateGate } from './birth-date-gate.tsx'
import { Filling } from './filling.tsx'

export type Looked = OutputOf<typeof lookAtLink>
export type Opened = OutputOf<typeof openLink>

/** What a link to a questionnaire opens. */
export function FillPage({
  parameter: token,
  traceless,
  after,
}: {
  parameter: string
  /** On a tablet of the house: nothing is kept in it. */
  traceless?: boolean
  after?: ReactNode
}) {
  const t = useT('questionnaire')
  const locale = useLocale()
  const [looked, setLooked] = useState<Looked>()
  const [opened, setOpened] = useState<{ form: Opened; birthDate?: string }>()
  const [problem, setProblem] = useState<ApiProblem>()
  const [round, setRound] = useState(0)
  useEffect(() => {
    setProblem(undefined)
    call(lookAtLink, { params: { token } }).then(setLooked, (error: unknown) => setProblem(error as ApiProblem))
  }, [token, round])

  if (problem)
    return (
      <Screen>
        <Notice title={problem.title}>
          <button type="button" className="pp-button" onClick={() => setRound(round + 1)}>
            {t('fill.again')}
          </button>
        </Notice>
      </Screen>
    )
  if (!looked) return <Screen>{null}</Screen>
  if (opened?.form.definition)
    return (
      <Filling
        token={token}
        looked={looked}
        opened={opened.form}
        birthDate={opened.birthDate}
        traceless={traceless}
        after={after}
      />
    )
  const state = opened && opened.form.result !== 'open' ? opened.form.result : looked.state
  if (state !== 'open')
    return (
      <Screen organization={looked.organization}>
        <Notice title={t(`fill.state.${state === 'wrong-birth-date' ? 'not-open' : state}`)}>
          <p>{t('fill.stateHint')}</p>
          {looked.phone && (
            <a className="pp-call" href={`tel:${looked.phone}`}>
              {t('fill.ours', { phone: looked.phone })}
            </a>
          )}
          {after}
        </Notice>
      </Screen>
    )
  const open = async (birthDate?: string) => {
    const form = await call(openLink, { params: { token }, body: birthDate ? { birthDate } : {} })
    if (form.result !== 'wrong-birth-date') setOpened({ form, birthDate })
    return form
  }
  return (
    <Screen organization={looked.organization}>
      <BirthDateGate looked={looked} title={looked.title?.[locale === 'en' ? 'en' : 'zh'] ?? null} onOpen={open} />
      <p>
        <button
          type="button"
          className="pp-quiet"
          lang={locale === 'en' ? 'zh-CN' : 'en'}
          onClick={() => void language.choose(locale === 'en' ? 'zh-CN' : 'en')}
        >
          {t('fill.language')}
        </button>
      </p>
    </Screen>
  )
}
