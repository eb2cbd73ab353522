import { expect, test } from 'vitest'
import { notesDanger, soundsLikeDanger } from './danger.ts'

test.each([
  '我真的不想活了',
  '有时候觉得，活着 没意思。',
  '想 死',
  '我在攒药',
  '怕拖累孩子',
  '没想过自杀',
  'I want to DIE.',
  'thinking of self-harm again',
  'I don’t want to live',
])('"%s" does', (text) => expect(soundsLikeDanger(text)).toBe(true))

test.each([
  '',
  '今天和女儿去公园，心情不错',
  '累死了，但是值得',
  '睡得不好，老想着复查的结果',
  '笑死我了',
  'the diet is hard',
  'I skilled myself up',
])('"%s" does not', (text) => expect(soundsLikeDanger(text)).toBe(false))

test.each([
  '自杀',
  '说过想自杀',
  '没有告诉家人自杀计划',
  '否认幻觉，有自杀念头',
  '无自伤，昨天说不想活',
  'he wants to die',
  'no sleep, suicidal',
])('of a colleague’s note, "%s" does', (text) => expect(notesDanger(text)).toBe(true))

test.each([
  '否认自杀念头',
  '无自杀、无自伤行为',
  '没有任何轻生的想法',
  '未发现明显自伤',
  'denies any suicidal thoughts',
  'no self-harm',
])('of a colleague’s note, "%s" does not', (text) => expect(notesDanger(text)).toBe(false))
