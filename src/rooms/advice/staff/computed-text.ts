import {
  FOOD_GROUPS,
  MEALS,
  PORTION,
  type Energy,
  type EnergyGoal,
  type Exercise,
  type PortionPlan,
  type Protein,
} from '../../../clinical/advice/index.ts'
import words from '../content/computed.json' with { type: 'json' }
import type { GivenText } from '../contract/words.ts'

type Language = 'zh-CN' | 'en'
type Words = { zh: string; en: string }

/** Fills `{name}` in the language that the person reads. */
function say(text: Words, language: Language, values: Record<string, string | number> = {}): string {
  const template = language === 'en' ? text.en : text.zh
  return template.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ''))
}

const tens = (value: number) => Math.round(value / 10) * 10
const half = (value: number) => Number(value.toFixed(1))

/** What energy and portions say to the person, to be edited before it is given. */
export function energyText(
  {
    energy,
    protein,
    portions,
    goal,
  }: { energy: Energy; protein: Protein; portions: PortionPlan | undefined; goal: EnergyGoal },
  language: Language,
): GivenText {
  const w = words.energy
  const kcal = tens(energy.targetKcal)
  const deficit = tens(energy.keepKcal - energy.targetKcal)
  const groups = portions
    ? FOOD_GROUPS.filter((group) => portions.day[group] > 0).map((group) => {
        const n = portions.day[group]
        // Tofu of the north: 100 g stand for one portion of soy.
        return say(w.group[group], language, { n: half(n), grams: tens(n * PORTION[group].grams), tofu: tens(n * 100) })
      })
    : []
  const sums = Object.fromEntries(
    MEALS.map((meal) => [meal, half(FOOD_GROUPS.reduce((sum, group) => sum + (portions?.meals[meal][group] ?? 0), 0))]),
  )
  return {
    title: say(w.title, language),
    summary: portions
      ? say(w.summary, language, { kcal, total: portions.total })
      : say(w.summaryAlone, language, { kcal }),
    points: [
      ...(goal === 'lose' && deficit > 0 ? [say(w.lose, language, { deficit })] : []),
      ...(goal === 'gain' ? [say(w.gain, language, { surplus: -deficit })] : []),
      ...groups,
      ...(portions ? [say(w.meals, language, sums)] : []),
      ...(protein.state === 'computed'
        ? [
            say(portions ? w.protein : w.proteinAlone, language, {
              from: Math.round(protein.fromG),
              to: Math.round(protein.toG),
            }),
          ]
        : []),
    ],
    avoid: [
      ...(protein.state === 'computed' && protein.needsDoctor ? [say(w.proteinDoctor, language)] : []),
      say(w.stop, language),
    ],
  }
}

/** What an exercise prescription says to the person, to be edited before it is given. */
export function exerciseText(exercise: Exercise, language: Language): GivenText {
  const w = words.exercise
  const { intensity, strength, steps, weeklyMinutes, balanceDaysPerWeek, warnings, kind } = exercise
  return {
    title: say(w.title, language),
    summary: say(w.summary, language, weeklyMinutes),
    points: [
      say(w.kind[kind], language),
      ...steps.map(({ fromWeek: from, toWeek: to, daysPerWeek: days, minutes }) =>
        say(to === null ? w.lastStep : w.step, language, { from, to: to ?? '', days, minutes }),
      ),
      intensity.by === 'heart-rate'
        ? say(w.rate, language, { from: intensity.fromBpm, to: intensity.toBpm })
        : say(w.effort, language),
      say(w.warm, language),
      say(strength.gentle ? w.strengthGentle : w.strength, language, {
        days: strength.daysPerWeek,
        repetitions: strength.repetitions,
        sets: strength.sets,
      }),
      ...(balanceDaysPerWeek > 0 ? [say(w.balance, language, { days: balanceDaysPerWeek })] : []),
    ],
    avoid: [...warnings.map((one) => say(w.warning[one], language)), say(w.stop, language)],
  }
}
