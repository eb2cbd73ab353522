/** 患者最担心的事: what people say when somebody asks and has time to listen. Written by us; nobody's own words. */
import type { Random } from './random.ts'
import type { Condition, Person, Procedure } from './types.ts'

const BY_CONDITION: Readonly<Record<string, readonly string[]>> = {
  I10: [
    '我爸就是脑梗走的，我怕自己也会那样。',
    '降压药吃上就停不下来了，会不会把肾吃坏？',
    '早上血压总是高，我一个人住，怕哪天起床就倒下了。',
    '血压忽高忽低，我都不敢出远门看孙子。',
    '我才三十几岁就高血压了，以后怎么办。',
  ],
  E11: [
    '最怕以后要天天打胰岛素。',
    '听说糖尿病会瞎眼，我还想看着孩子结婚呢。',
    '我妈最后是截肢的，我一看到脚麻就害怕。',
    '什么都不敢吃，跟家里人吃饭都觉得扫兴。',
    '血糖老是降不下来，是不是我自己不争气？',
  ],
  E78: ['他汀要吃一辈子吗？我怕伤肝。', '人不胖血脂却高，想不通，也有点怕。', '怕血管里已经有斑块了，自己又感觉不到。'],
  'K76.0': ['应酬推不掉，怕脂肪肝最后变成肝硬化。', '减了好几次都反弹，我怕自己坚持不住。'],
  'E79.0': ['海鲜、啤酒都戒了尿酸还是高，不知道还能做什么。', '怕哪天半夜痛风发作，第二天还要上班。'],
  M10: ['痛风痛起来下不了床，最怕出差的时候发作。', '怕关节变形，以后走不了路。'],
  'E04.1': [
    '结节会不会变成癌？每次复查前都睡不着。',
    '医生说再观察，可我心里一直放不下。',
    '怕要开刀，脖子上留一道疤。',
  ],
  R91: [
    '肺上有个小结节，我天天想，是不是要告诉家里人？',
    '我不抽烟怎么也会有肺结节，怕查晚了。',
    '一年做一次CT，又怕结节，又怕辐射。',
  ],
  N63: ['姨妈得过乳腺癌，我怕自己也会。', '摸到硬块的那天晚上，我一个人哭了很久。'],
  'K80.2': ['听说结石发作痛得打滚，我常一个人带孩子，怕没人帮忙。'],
  'I25.1': ['放了支架以后，走快一点我就紧张。', '怕半夜心梗，家里人不知道怎么办。'],
  'E03.9': ['想要二胎，怕甲状腺的药影响孩子。'],
  'D50.9': ['老是头晕没力气，怕是不好的病。'],
  'N18.3': ['怕最后要做透析，拖累老伴。'],
}

const AFTER_SURGERY = ['伤口会不会裂开？我连咳嗽都不敢用力。', '不知道恢复到什么时候才算好，一个人在家心里没底。']
const WORKING_AFTER_SURGERY = '不知道什么时候能正常上班，单位在催。'
const WITHOUT_EMPLOYER = new Set(['退休', '学生', '个体经营', '自由职业', '农民'])
const AWAITING_PATHOLOGY = '切下来的东西化验结果还没出来，心一直悬着。'
/** Thyroid, breast, lung, colon: what was taken out is looked at under the microscope. */
const WITH_PATHOLOGY = new Set(['06.39', '85.21', '32.20', '45.42'])
const OF_ONE_OPERATION: Readonly<Record<string, readonly string[]>> = {
  '13.41': ['眼睛还有点磨，怕感染了以后看不见。', '一只眼做好了，另一只还要不要做，我拿不定主意。'],
  '36.07': ['放了支架以后，走快一点我就紧张。', '怕支架再堵上，晚上不敢睡沉。'],
  '45.42': ['怕肠子里又长出来，以后是不是年年都要做肠镜？'],
}
const OF_A_PARENT = ['孩子最近不爱吃饭，个子比同学矮，我很着急。', '孩子一抽血就哭，能不能少扎一针？']
const OF_THE_OLD = [
  '不怕死，就怕躺在床上拖累孩子。',
  '记性越来越差，怕有一天连家里人都不认得。',
  '我走了以后，老伴一个人怎么办。',
  '怕摔跤，这个年纪摔一次就起不来了。',
]
const OF_ANYONE = [
  '平时不敢看报告，怕看到不好的字。',
  '最近睡不好，一想到工作就心慌。',
  '家里好几个人得过癌症，我怕轮到自己。',
  '孩子还小，房贷还有二十年，我不能倒下。',
  '每年体检都有新的箭头，看不懂，也不知道该问谁。',
  '医生讲得太快，我怕回家就记不住了。',
  '怕麻烦你们，小事不好意思问。',
]

/** One sentence in the person's own voice, after what weighs most on them; null for the many who were not asked. */
export function worryOf(
  random: Random,
  person: Person,
  conditions: readonly Condition[],
  procedures: readonly Procedure[],
  operatedLately: boolean,
): string | null {
  if (!random.chance(conditions.length > 0 ? 0.5 : 0.25)) return null
  if (person.ageYears < 18) return random.choice(OF_A_PARENT)
  const operation = operatedLately ? procedures.at(-1) : undefined
  if (operation) return afterSurgery(random, operation, person)
  if (person.ageYears >= 72 && random.chance(0.45)) return random.choice(OF_THE_OLD)
  const known = conditions.filter((condition) => condition.status === 'active' && BY_CONDITION[condition.code])
  if (known.length === 0 || random.chance(0.2)) return random.choice(OF_ANYONE)
  const sentence = random.choice(BY_CONDITION[random.choice(known).code] as readonly string[])
  return fits(sentence, person) ? sentence : random.choice(OF_ANYONE)
}

function afterSurgery(random: Random, operation: Procedure, person: Person): string {
  const own = OF_ONE_OPERATION[operation.code] ?? AFTER_SURGERY
  const pathology = WITH_PATHOLOGY.has(operation.code) ? [AWAITING_PATHOLOGY] : []
  const work = person.ageYears < 58 && !WITHOUT_EMPLOYER.has(person.occupation) ? [WORKING_AFTER_SURGERY] : []
  return random.choice([...own, ...pathology, ...work])
}

// A sentence that names an age or a wish for a child must not come from somebody of another age.
function fits(sentence: string, person: Person): boolean {
  if (sentence.includes('三十几岁')) return person.ageYears >= 30 && person.ageYears < 40
  if (sentence.includes('二胎')) return person.sex === 'female' && person.ageYears < 43
  if (sentence.includes('孙子')) return person.ageYears >= 55
  if (sentence.includes('我不抽烟')) return person.smoking === 'never'
  if (sentence.includes('带孩子') || sentence.includes('单位') || sentence.includes('应酬')) return person.ageYears < 60
  if (sentence.includes('孩子结婚')) return person.ageYears < 62
  return true
}
