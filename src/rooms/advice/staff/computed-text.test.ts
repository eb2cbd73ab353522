import { describe, expect, test } from 'vitest'
import {
  energyNeed,
  portionsFor,
  prescribeExercise,
  proteinNeed,
  RED_FLAGS,
  type ExerciseInput,
} from '../../../clinical/advice/index.ts'
import { checkPlain } from '../../../clinical/plain-language/index.ts'
import { refusedWords } from '../server/rules/wording.ts'
import { energyText, exerciseText } from './computed-text.ts'

const languages = ['zh-CN', 'en'] as const

describe('what is computed is said in plain words', () => {
  const energyOf = (goal: 'keep' | 'lose' | 'gain', weightKg: number, egfr = 90) => {
    const body = { heightCm: 170, weightKg, ageYears: 50 }
    const energy = energyNeed({ ...body, sex: 'male', activity: 'light', goal })
    if (energy.state !== 'computed') throw new Error('refused')
    const protein = proteinNeed({ ...body, egfr })
    return {
      energy,
      protein,
      goal,
      portions: portionsFor(energy.targetKcal, protein),
    }
  }
  test.each(languages)('energy in %s: every goal, with and without weak kidneys', (language) => {
    for (const one of [energyOf('keep', 65), energyOf('lose', 85), energyOf('gain', 52), energyOf('keep', 65, 40)]) {
      const text = energyText(one, language)
      const all = [text.title, text.summary, ...text.points, ...text.avoid]
      expect(all.flatMap((part) => checkPlain(part))).toEqual([])
      expect(all.join(' ')).not.toMatch(/[{}]|undefined|NaN/)
      expect(refusedWords(text, 'diet')).toEqual([])
    }
  })

  test('energy reads as a person would say it', () => {
    // 10 × 85 + 6.25 × 170 − 5 × 50 + 5 = 1667.5; × 1.4 − 500 = 1834.5
    const { summary, points } = energyText(energyOf('lose', 85), 'zh-CN')
    expect(summary).toBe('按您的身高、体重和活动算，每天大约 1830 千卡，合 20 份食物。')
    expect(points[0]).toBe('每天比维持体重少 500 千卡，一个月看一次体重。')
    expect(points.some((point) => point.startsWith('分到一天：早饭'))).toBe(true)
  })

  test('weak kidneys: nothing is said of portions that are not there', () => {
    const { summary, points } = energyText(energyOf('keep', 65, 40), 'zh-CN')
    expect([summary, ...points].join('')).not.toMatch(/份食物|份数/)
    expect(summary).toContain('营养师')
  })

  const exerciseOf = (change: Partial<ExerciseInput>) => {
    const redFlags = Object.fromEntries(RED_FLAGS.map((flag) => [flag, false]))
    const exercise = prescribeExercise({
      ageYears: 70,
      sbp: 165,
      dbp: 90,
      betaBlocker: false,
      active: false,
      restingHr: 70,
      redFlags,
      ...change,
    })
    if (exercise.state !== 'computed') throw new Error('refused')
    return exercise
  }
  test.each(languages)('exercise in %s, with every warning', (language) => {
    const whole = {
      betaBlocker: true,
      hypoglycaemiaDrug: true,
      glucose: 5,
      diabetes: true,
      kneeOrHip: true,
      osteoporosis: true,
      retinopathy: true,
      bmi: 30,
    }
    for (const one of [exerciseOf({}), exerciseOf(whole)]) {
      const text = exerciseText(one, language)
      const all = [text.title, text.summary, ...text.points, ...text.avoid]
      expect(all.flatMap((part) => checkPlain(part))).toEqual([])
      expect(all.join(' ')).not.toMatch(/[{}]|undefined|NaN/)
      expect(text.avoid).toHaveLength(one.warnings.length + 1)
    }
  })
})
