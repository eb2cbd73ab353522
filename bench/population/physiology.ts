/**
 * The body behind the values: a handful of correlated latent factors per person, which age and treatment move. Values of
 * one check-up hang together because they hang on the same factors; values of several years belong to the same person
 * because the factors stay.
 *
 * All `…z` factors have mean about 0 and standard deviation about 1 in the population.
 */
import * as curves from './curves.ts'
import { AT } from './items.ts'
import type { Random } from './random.ts'
import type { Person, Sex } from './types.ts'

export type Latent = {
  sex: Sex
  ageToday: number
  smoker: number
  drinker: number
  heightZ: number
  adiposityZ: number
  insulinZ: number
  pressureZ: number
  diastolicZ: number
  glucoseZ: number
  glycationZ: number
  ldlZ: number
  triglycerideZ: number
  hdlZ: number
  urateZ: number
  liverZ: number
  steatosisZ: number
  ggtZ: number
  bilirubinZ: number
  kidneyZ: number
  kidneyAgeing: number
  ironZ: number
  bloodZ: number
  whiteZ: number
  plateletZ: number
  thyroidZ: number
  pulseZ: number
  shapeZ: number
  stoneZ: number
  noduleZ: number
  /** Weight comes and goes: amplitude (share of BMI), period in years, phase in turns. */
  waveSize: number
  wavePeriod: number
  wavePhase: number
}

/** Treatment in force on a day: 0 = none, 1 = full effect of good adherence. */
export type Relief = { pressure: number; glucose: number; lipid: number; urate: number; thyroid: number; iron: number }
export const NO_RELIEF: Readonly<Relief> = { pressure: 0, glucose: 0, lipid: 0, urate: 0, thyroid: 0, iron: 0 }

/** Draws the factors of one person; the person's habits and family history are part of them. */
export function drawLatent(random: Random, person: Person, ageToday: number): Latent {
  const inFamily = (disease: string): number =>
    person.familyHistory.some((entry) => entry.disease === disease) ? 1 : 0
  const smoker = person.smoking === 'current' ? 1 : 0
  const drinker = person.drinking === 'regular' ? 1 : person.drinking === 'occasional' ? 0.35 : 0
  const z = () => random.normal()
  const adiposity = z() - 0.06 * Math.min(person.exercisePerWeek, 6) + 0.12
  const insulin = 0.55 * adiposity + 0.83 * z()
  const pressure = 0.33 * adiposity + 0.15 * insulin + 0.88 * z() + 0.35 * (inFamily('高血压') - 0.3) + 0.2 * drinker
  const steatosis = 0.6 * adiposity + 0.3 * insulin + 0.62 * z()
  return {
    sex: person.sex,
    ageToday,
    smoker,
    drinker,
    heightZ: z(),
    adiposityZ: adiposity,
    insulinZ: insulin,
    pressureZ: pressure,
    diastolicZ: 0.75 * pressure + 0.66 * z(),
    glucoseZ: 0.5 * insulin + 0.35 * (inFamily('糖尿病') - 0.15) + 0.84 * z(),
    glycationZ: z(),
    ldlZ: 0.15 * adiposity + 0.985 * z(),
    triglycerideZ: 0.5 * insulin + 0.15 * adiposity + 0.8 * z() + 0.2 * drinker,
    hdlZ: z(),
    urateZ: 0.38 * adiposity + 0.15 * insulin + 0.87 * z() + 0.15 * drinker + 0.4 * inFamily('痛风'),
    liverZ: 0.45 * steatosis + 0.86 * z() + 0.2 * drinker,
    steatosisZ: steatosis,
    ggtZ: 0.4 * steatosis + 0.85 * z() + 0.7 * drinker,
    bilirubinZ: z() - 0.2 * smoker,
    kidneyZ: z(),
    kidneyAgeing: Math.max(0, 1 + 0.45 * z()),
    ironZ: z(),
    bloodZ: z() + 0.3 * smoker,
    whiteZ: z() + 0.5 * smoker + 0.2 * adiposity,
    plateletZ: z(),
    thyroidZ: z(),
    pulseZ: z() + 0.15 * adiposity,
    shapeZ: z(),
    stoneZ: z() + 0.2 * adiposity,
    noduleZ: z(),
    waveSize: 0.008 + random.exponential(0.014),
    wavePeriod: random.between(4, 11),
    wavePhase: random.unit(),
  }
}

/** kg/m² without measurement noise. */
export function bmiAt(body: Latent, age: number): number {
  const wave = body.waveSize * Math.sin(2 * Math.PI * ((age - body.ageToday) / body.wavePeriod + body.wavePhase))
  return curves.BMI[body.sex](age) * Math.exp((age < 18 ? 0.11 : 0.128) * body.adiposityZ + wave)
}

/** cm. Each earlier decade of birth stands 1.3 cm lower; after 60 a little is lost every year. */
export function heightAt(body: Latent, age: number): number {
  if (age < 18) return curves.CHILD_HEIGHT_CM[body.sex](age) * (1 + 0.038 * body.heightZ)
  const cohort = 0.13 * Math.max(0, body.ageToday - 22)
  return (
    (body.sex === 'male' ? 172.9 + 6.1 * body.heightZ : 160.9 + 5.5 * body.heightZ) -
    cohort -
    0.06 * Math.max(0, age - 60)
  )
}

/** Untreated systolic set point, mmHg; a gain of one BMI unit costs about 1 mmHg. */
export function systolicAt(body: Latent, age: number): number {
  return curves.SYSTOLIC[body.sex](age) + curves.SYSTOLIC_SD(age) * body.pressureZ
}

/** Untreated diastolic set point, mmHg. */
export function diastolicAt(body: Latent, age: number): number {
  return curves.DIASTOLIC[body.sex](age) + curves.DIASTOLIC_SD(age) * body.diastolicZ
}

/**
 * Untreated fasting glucose, mmol/L: flat while the islets compensate, then rising and levelling off. The knee and the
 * yearly step of 0.03 are set so that about 10 % of people at 45 and 20 % at 60 stand at 7.0 or above (China 2015–17
 * survey: 11 % of adults).
 */
export function glucoseAt(body: Latent, age: number): number {
  const youth = 0.05 * Math.max(0, 32 - age)
  const load = Math.max(body.glucoseZ + 0.03 * (age - 45) - youth + (body.sex === 'male' ? 0.08 : -0.08), -3)
  const knee = 0.8
  if (load <= knee) return 5.15 + 0.25 * load
  return 5.35 + 7 * (1 - Math.exp(-(load - knee) / 1.8))
}

/** LDL cholesterol, mmol/L, untreated. */
export function ldlAt(body: Latent, age: number): number {
  return curves.LDL[body.sex](age) * Math.exp(0.24 * body.ldlZ)
}

/** Triglycerides, mmol/L, untreated; extreme values are cut where pancreatitis would have come first. */
export function triglyceridesAt(body: Latent, age: number): number {
  return Math.min(curves.TRIGLYCERIDES[body.sex](age) * Math.exp(0.45 * body.triglycerideZ), 14)
}

/** Uric acid, umol/L, untreated. */
export function urateAt(body: Latent, age: number): number {
  return Math.max(130, curves.URATE[body.sex](age) + (body.sex === 'male' ? 70 : 54) * body.urateZ)
}

/** Creatinine, umol/L; the older the kidney, the faster the rise in those who age fast. */
export function creatinineAt(body: Latent, age: number): number {
  if (age < 12) return (36.5 * heightAt(body, age)) / (112 + 10 * body.kidneyZ)
  if (age < 18) {
    // Muscle arrives with puberty: a straight line from the child's value at 12 to the adult's at 18.
    const grown = (age - 12) / 6
    return (1 - grown) * creatinineAt(body, 11.99) + grown * creatinineAt(body, 18)
  }
  const ageing = 0.4 * (body.kidneyAgeing * body.kidneyAgeing - 1) * Math.max(0, age - 50)
  return curves.CREATININE[body.sex](age) + (body.sex === 'male' ? 8.5 : 6.5) * body.kidneyZ + ageing
}

/** Haemoglobin, g/L; menstruating women with little iron lose up to some 40 g/L of it. */
export function haemoglobinAt(body: Latent, age: number, ironRelief: number): number {
  const lack = ironLack(body, age) * (1 - 0.8 * ironRelief)
  return curves.HAEMOGLOBIN[body.sex](age) + 7.5 * body.bloodZ - lack
}

/** g/L of haemoglobin missing for want of iron. */
export function ironLack(body: Latent, age: number): number {
  if (body.sex === 'male' || age < 15 || age > 51) return 0
  return 24 * Math.max(0, body.ironZ - 0.95)
}

/** TSH, mIU/L; slow thyroids are commoner in women. */
export function tshAt(body: Latent, age: number, relief: number): number {
  const usual = 1.75 * Math.exp(0.38 * Math.min(body.thyroidZ, 1.4) + 0.003 * (age - 40))
  return usual + thyroidFailure(body) * (1 - 0.85 * relief)
}

/** mIU/L of TSH above the usual; 0 in most people. */
export function thyroidFailure(body: Latent): number {
  return 8 * Math.max(0, body.thyroidZ - (body.sex === 'female' ? 1.65 : 2.05))
}

/** True when ultrasound would show a fatty liver at this age. */
export function hasFattyLiver(body: Latent, age: number): boolean {
  if (age < 18) return body.adiposityZ > 2.2
  const threshold = body.sex === 'male' ? 0.4 + 0.0006 * (age - 50) * (age - 50) : 1.3 - 0.013 * Math.min(age - 30, 35)
  return body.steatosisZ > threshold
}

/** Fills `means` (order of `CODES`) with what this body would show on average at this age under this treatment. */
export function meansAt(body: Latent, age: number, relief: Readonly<Relief>, means: Float64Array): void {
  const male = body.sex === 'male'
  const child = age < 18
  const bmi = bmiAt(body, age)
  const usualBmi = curves.BMI[body.sex](age) * Math.exp(0.128 * body.adiposityZ)
  const height = heightAt(body, age)
  const systolic = systolicAt(body, age) + 1.1 * (bmi - usualBmi)
  const diastolic = diastolicAt(body, age) + 0.6 * (bmi - usualBmi)
  const glucose = glucoseAt(body, age)
  const triglycerides = triglyceridesAt(body, age) * (1 + 0.05 * (bmi - usualBmi))
  means[AT.height] = height
  means[AT.weight] = (bmi * height * height) / 10000
  means[AT.waist] = child
    ? 0.44 * height + 1.9 * (bmi - curves.BMI[body.sex](age))
    : (male ? 85 + 2.55 * (bmi - 24.2) : 77 + 2.25 * (bmi - 22.8)) + 0.13 * (age - 45) + 3.2 * body.shapeZ
  means[AT.sbp] = systolic - relief.pressure * (7 + 0.45 * Math.max(0, systolic - 128))
  means[AT.dbp] = diastolic - relief.pressure * (4 + 0.4 * Math.max(0, diastolic - 80))
  means[AT.hr] = curves.PULSE(age) - (male ? 1 : -1) + 8 * body.pulseZ
  const haemoglobin = haemoglobinAt(body, age, relief.iron)
  means[AT.wbc] = (child ? 6.9 : 6) * Math.exp(0.2 * body.whiteZ)
  means[AT.hgb] = haemoglobin
  // A lack of iron shrinks the cells, so the count falls less than the haemoglobin.
  means[AT.rbc] = (haemoglobin + 0.7 * ironLack(body, age)) / (30.4 + 0.9 * Math.sin(9 * body.bloodZ))
  means[AT.plt] = (child ? 290 : 232 - 0.5 * (age - 40)) * Math.exp(0.2 * body.plateletZ)
  means[AT.alt] = (child ? 15 : (male ? 22 : 15) * (1 - 0.004 * Math.max(0, age - 50))) * Math.exp(0.38 * body.liverZ)
  means[AT.ast] = (child ? 24 : male ? 21.5 : 19) * Math.exp(0.2 * body.liverZ + 0.05 * body.kidneyZ)
  means[AT.ggt] = (child ? 14 : male ? 25 : 15 + 0.12 * Math.max(0, age - 40)) * Math.exp(0.5 * body.ggtZ)
  means[AT.tbil] = (male ? 13 : 10.8) * Math.exp(0.3 * body.bilirubinZ)
  means[AT.alb] = 46.2 - 0.055 * Math.max(0, age - 35) + 1.3 * body.bloodZ * 0.6
  means[AT.crea] = creatinineAt(body, age)
  means[AT.urea] = (male ? 5.1 : 4.6) + 0.022 * (age - 40) + 0.45 * body.kidneyZ
  means[AT.ua] = urateAt(body, age) * (1 - 0.32 * relief.urate)
  means[AT.fpg] = glucose - relief.glucose * (0.3 + 0.5 * Math.max(0, glucose - 6))
  means[AT.hba1c] = 5.3 + 0.62 * ((means[AT.fpg] as number) - 5.1) + 0.005 * (age - 45) + 0.2 * body.glycationZ
  means[AT.tg] = triglycerides * (1 - 0.14 * relief.lipid)
  means[AT.hdl] = (male ? 1.24 : 1.46) * Math.exp(-0.1 * body.triglycerideZ + 0.14 * body.hdlZ + 0.04 * body.drinker)
  means[AT.ldl] = ldlAt(body, age) * (1 - 0.4 * relief.lipid)
  means[AT.tsh] = tshAt(body, age, relief.thyroid)
}
