/** Every command of the program with the line that the list shows; each has a file of its name in `commands/`. */
import type { Bilingual } from '#kit/contract.ts';

export const COMMANDS: Readonly<Record<string, Bilingual>> = {
  start: { zh: '启动程序并提供 http://localhost:8080', en: 'start the program and serve http://localhost:8080' },
  dev: { zh: '开发方式启动，改动后自动重载', en: 'start for development, reloading on change' },
  test: { zh: '运行全部测试', en: 'run every test' },
  migrate: { zh: '把数据库结构更新到最新', en: 'bring the database structure up to date' },
  policy: { zh: '检查政策文件（policy check）', en: 'check the policy files (policy check)' },
  import: { zh: '导入服务记录', en: 'import visits' },
  close: { zh: '一个区的月度结算', en: 'close the month of a district' },
  explain: { zh: '说明一条结算明细或一个等级的由来', en: 'explain a claim line or a grade' },
  account: { zh: '建立和维护账号', en: 'create and maintain accounts' },
  reference: { zh: '生成参考文档', en: 'write the reference documents' },
  bench: { zh: '测量结算速度', en: 'measure the speed of the close' },
};
