/** Surnames of two characters in use; 欧阳娜娜 is 欧阳 + 娜娜, not 欧 + 阳娜娜. */
const COMPOUND_SURNAMES = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 ' +
    '闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 左丘 东门 西门 第五 梁丘 南荣 完颜 耶律 纳兰 叶赫 钮祜 爱新 那拉'
  ).split(' '),
)

/** The given name of a Chinese name; undefined where there is none to speak of. */
export function givenNameOf(name: string): string | undefined {
  const characters = [...name]
  if (characters.length < 2 || characters.length > 5) return undefined
  const surname = characters.length > 2 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join('')) ? 2 : 1
  return characters.slice(surname).join('')
}
