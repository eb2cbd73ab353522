import { addDays } from '../../platform/clock.ts'
import { giveAdvice, listProposals } from '../../rooms/advice/contract/advice.ts'
import { acknowledgeAlert, closeAlert, noteAttempt, raiseByHand } from '../../rooms/alert/contract/alert.ts'
import { enterStage } from '../../rooms/care-stage/contract/care-stage.ts'
import { sendByHand } from '../../rooms/message/contract/message.ts'
import { addScan, noteTalk, registerNodule, settleGrade } from '../../rooms/nodule/contract/nodule.ts'
import type { ScanBody } from '../../rooms/nodule/contract/words.ts'
import {
  draftSummary,
  saveSummary,
  sendSummary,
  signSummary,
  submitSummary,
} from '../../rooms/stage-summary/contract/summary.ts'
import { setManualTag } from '../../rooms/tag/contract/tag.ts'
import story from './content/story.json' with { type: 'json' }
import type { Scene } from './story.ts'

const nextId = ({ house }: Scene) => house.ids.next() as string
const ofCustomer = ({ customer }: Scene) => ({ patientId: customer.id as never })

/** The first card that a rule has chosen and nothing has to be asked for; and one with a reason of the manager's own. */
export async function adviceGiven(scene: Scene): Promise<void> {
  const { manager } = scene
  const params = ofCustomer(scene)
  const { proposed, others } = await manager.does(listProposals, { params })
  const plain = (card: (typeof proposed)[number]) =>
    card.ask.length === 0 && card.kind !== 'mind' && card.obstacles.length === 0
  for (const { card, because } of [
    { card: proposed.find(plain), because: '' },
    { card: others.find((one) => plain(one) && one.kind === 'diet'), because: story.advice.because },
  ])
    if (card)
      await manager.does(giveAdvice, {
        params,
        body: {
          card: { code: card.code, version: card.version },
          locale: 'zh-CN',
          text: {
            title: card.title.zh,
            summary: card.summary.zh,
            points: card.points.map(({ zh }) => zh),
            avoid: card.avoid.map(({ zh }) => zh),
          },
          because: card.reasons.length > 0 ? '' : because,
          submission: nextId(scene),
        },
      })
}

/** A lung nodule over three scans, each settled by the doctor; a talk about what she fears. */
export async function noduleFollowed(scene: Scene): Promise<void> {
  const { doctor, manager, today } = scene
  const { place, scans, category, worry, told } = story.nodule
  let noduleId: string | undefined
  for (const { daysAgo, longMm, shortMm, text, because } of scans) {
    const scan = {
      on: addDays(today, -daysAgo),
      modality: 'ldct',
      longMm,
      shortMm,
      features: { type: 'solid' },
      reportText: text,
    } as unknown as ScanBody
    const key = nextId(scene)
    const view = noduleId
      ? await manager.does(addScan, { params: { noduleId: noduleId as never }, body: { scan, key } }, daysAgo)
      : await manager.does(
          registerNodule,
          { params: ofCustomer(scene), body: { organ: 'lung', side: 'left', place, scan, key } },
          daysAgo,
        )
    noduleId = view.id
    const scanId = view.scans.find(({ ended }) => !ended)!.id
    const body = { scanId, system: 'lung-rads-2022' as const, category, because, version: view.version }
    await doctor.does(settleGrade, { params: { noduleId: view.id }, body }, daysAgo)
  }
  await manager.does(noteTalk, {
    params: { noduleId: noduleId as never },
    body: {
      worries: [{ code: 'worry-surgery', words: worry }],
      cardCode: null,
      taughtBack: true,
      theirWords: told,
      note: '',
      key: nextId(scene),
    },
  })
}

export async function stageEntered(scene: Scene): Promise<void> {
  const body = { stage: 'first-visit' as const, leaving: null, because: '' }
  await scene.manager.does(enterStage, { params: ofCustomer(scene), body }, 40)
}

export async function tagSet({ manager, others }: Scene): Promise<void> {
  const [other] = others
  const body = { code: 'do-not-disturb', note: story.tag, days: 30 }
  if (other) await manager.does(setManualTag, { params: { patientId: other.id as never }, body })
}

/** The first month of the plan summed up: drafted from facts, finished by hand, signed and sent. */
export async function summarySigned(scene: Scene): Promise<void> {
  const { doctor, manager, today } = scene
  const params = ofCustomer(scene)
  const drafted = await manager.does(draftSummary, { params, body: { fromOn: addDays(today, -30), untilOn: today } })
  const own = { doctor: story.summary.doctor, next: story.summary.next, words: story.summary.words }
  const sections = drafted.sections.map(({ key, sentences }) => ({
    key,
    sentences: [
      ...sentences.map(({ id, text }) => ({ id, text })),
      ...(key in own ? [{ id: `own-${key}`, text: own[key as keyof typeof own] }] : []),
    ],
  }))
  const of = { params: { ...params, summaryId: drafted.id } }
  const saved = await doctor.does(saveSummary, { ...of, body: { revision: drafted.revision, sections } })
  const asked = await manager.does(submitSummary, { ...of, body: { revision: saved.revision } })
  await doctor.does(signSummary, { ...of, body: { revision: asked.revision } })
  await manager.does(sendSummary, of)
}

/** Of somebody else a summary that waits for the doctor's signature. */
export async function summaryWaits({ manager, others, today }: Scene): Promise<void> {
  const [other] = others
  if (!other) return
  const params = { patientId: other.id as never }
  const drafted = await manager.does(draftSummary, { params, body: { fromOn: addDays(today, -60), untilOn: today } })
  const of = { params: { ...params, summaryId: drafted.id } }
  await manager.does(submitSummary, { ...of, body: { revision: drafted.revision } })
}

export async function messageSent(scene: Scene): Promise<void> {
  await scene.manager.does(sendByHand, { params: ofCustomer(scene), body: { template: 'thinking-of-you', values: {} } })
}

/** One alert that waits for somebody, and one that was reached, read back and closed with its result. */
export async function alertsRaised(scene: Scene): Promise<void> {
  const { doctor, customer, others } = scene
  const { open, closed } = story.alerts
  const raise = (patientId: string, { title, note }: { title: string; note: string }, daysAgo: number) =>
    doctor.does(
      raiseByHand,
      {
        params: { patientId: patientId as never },
        body: { class: daysAgo > 0 ? 'A' : 'B', title, note, key: nextId(scene) },
      },
      daysAgo,
    )
  await raise(customer.id, open, 0)
  const other = others[1]
  if (!other) return
  const { id } = await raise(other.id, closed, 9)
  const params = { alertId: id }
  await doctor.does(acknowledgeAlert, { params }, 9)
  await doctor.does(
    noteAttempt,
    { params, body: { outcome: 'reached', personName: other.name, readBack: closed.readBack } as never },
    9,
  )
  await doctor.does(
    closeAlert,
    { params, body: { result: 'recheck', text: closed.result, on: addDays(scene.today, -8) } as never },
    8,
  )
}
