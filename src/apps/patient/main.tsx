import '../staff/without-eval.ts'
import { lazy, StrictMode, Suspense, useEffect, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { GlossaryContext, type Explain } from '../../platform/patient-web/term.tsx'
import { HomeCardsContext } from '../../platform/patient-web/home-cards.tsx'
import { PagePartsContext } from '../../platform/patient-web/page-parts.tsx'
import { MoreAboutContext, type MoreAboutPart } from '../../platform/patient-web/more-about.tsx'
import { useAddress } from '../../platform/patient-web/address.tsx'
import { findPage, type HomeCard, type PagePart, type PatientPage } from '../../platform/patient-web/page.ts'
import {
  call,
  closeWhose,
  Go,
  isFor,
  knownHouse,
  lookAt,
  Notice,
  Screen,
  useT,
  useWhose,
  wantedWhose,
} from '../../platform/patient-web/index.ts'
import { readPeople } from '../../rooms/family/contract/entrance.ts'
import { session } from '../../platform/web/api/session-end.ts'
import '../../platform/patient-web/patient.css'
import { SessionEnded } from './session-ended.tsx'
import { roomOf, startTexts, withTexts } from './texts.ts'
import { Unreached } from './unreached.tsx'

/** What a room gives to the pages of patients. */
interface Given {
  pages?: PatientPage[]
  homeCards?: HomeCard[]
  pageParts?: PagePart[]
  moreAbout?: MoreAboutPart[]
}

// Eager: these files only describe; the pages behind them are fetched when they are opened, with the room's texts.
const files = Object.entries(import.meta.glob<Given>('../../rooms/*/patient/pages.ts', { eager: true }))
const pages = files.flatMap(([path, file]) => worded(path, file.pages))
const homeCards = files.flatMap(([path, file]) => worded(path, file.homeCards))
const pageParts = files.flatMap(([path, file]) => worded(path, file.pageParts))
const moreAbout = files.flatMap(([path, file]) => worded(path, file.moreAbout))

function worded<T extends { load: () => Promise<unknown> }>(path: string, all: readonly T[] = []): T[] {
  return all.map((one) => ({ ...one, load: withTexts(roomOf(path), one.load) }))
}

function NoPage() {
  const t = useT('web')
  return (
    <Screen>
      <Notice title={t('patient.noPage')} />
    </Screen>
  )
}

function OwnOnly() {
  const t = useT('web')
  const whose = useWhose()
  return (
    <Screen organization={knownHouse()?.organization}>
      <Notice title={t('patient.ownOnly')}>
        <p>{t('patient.ownOnlyHint', { name: whose?.name ?? '' })}</p>
        <Go to="/my" className="pp-more">
          {t('patient.homeTheirs')}
        </Go>
      </Notice>
    </Screen>
  )
}

/**
 * A tab that looked at somebody else's pages goes on with them, as far as one is still let in.
 * @returns whether that could be asked
 */
async function resumeWhose(): Promise<boolean> {
  const id = wantedWhose()
  if (!id) return true
  const people = await call(readPeople).catch(() => undefined)
  const one = people?.others.find((other) => other.id === id)
  // Not let in any more: that is said, and never one's own pages shown instead.
  lookAt(one ?? { id, name: '', scopes: [] })
  return people !== undefined
}

type Opened = Awaited<ReturnType<PatientPage['load']>>

/** Links with a proof of their own open whoever's pages this tab was looking at before. */
const needsSession = (address: string) => address.startsWith('/my') && !/^\/my\/(?:family-)?enter\//.test(address)

/** The page of the address; after the end of a session the way back in, wherever one was. */
function Pages({ isKnown }: { isKnown: boolean }) {
  const address = useAddress()
  const [isOver, setOver] = useState(false)
  const whose = useWhose()
  useEffect(
    () =>
      session.onEnd(() => {
        closeWhose()
        setOver(true)
      }),
    [],
  )
  const found = findPage(pages, address)
  const Page = useMemo(
    () => found && lazy(async () => ({ default: await found.page.load().catch((): Opened => Unreached) })),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- found anew at each drawing, the page stays the same
    [found?.page],
  )
  const needsRight = needsSession(address)
  // Nobody was asked whether one is still let in: a line that breaks takes no right away.
  if (needsRight && !isOver && whose?.name === '' && !isKnown) return <Unreached />
  if (isOver || (needsRight && whose?.name === '')) return <SessionEnded onBack={() => setOver(false)} />
  if (!Page || !found) return <NoPage />
  if (needsRight && !isFor(whose, found.page)) return <OwnOnly />
  return (
    <Suspense fallback={<Screen>{null}</Screen>}>
      <Page key={`${address} ${whose?.id ?? ''}`} parameter={found.parameter} />
    </Suspense>
  )
}

/** The glossary comes after the page: words can be read before they can be tapped. */
function useGlossary(): Explain {
  const [explain, setExplain] = useState<Explain>(() => () => [])
  useEffect(() => {
    void import('./glossary.ts').then(({ explain: loaded }) => setExplain(() => loaded))
  }, [])
  return explain
}

function Site({ isKnown }: { isKnown: boolean }) {
  return (
    <GlossaryContext value={useGlossary()}>
      <HomeCardsContext value={homeCards}>
        <PagePartsContext value={pageParts}>
          <MoreAboutContext value={moreAbout}>
            <Pages isKnown={isKnown} />
          </MoreAboutContext>
        </PagePartsContext>
      </HomeCardsContext>
    </GlossaryContext>
  )
}

// What the address asks for is on its way while the language is settled.
void findPage(pages, location.pathname)
  ?.page.load()
  .catch(() => {})
const [isKnown] = await Promise.all([resumeWhose(), startTexts()])
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Site isKnown={isKnown} />
  </StrictMode>,
)
