// A mother, her mother with the same telephone, and a girl of ten, of one flat, from a roster of their own.

import { checked } from "./care.mjs";

const HEAD = "姓名,证件类型,证件号码,性别,出生日期,手机号,楼栋,单元,房号,与户主关系,产权关系";
const ORDER = "甲乙丙丁戊己庚辛壬癸";

let households = 0;

// Their names, the telephone, the girl's birthday, and the mother's invitation.
export function household(demo) {
  const at = ORDER[households % 10] + (households >= 10 ? ORDER[Math.floor(households / 10)] : "");
  const phone = `139${String(70000000 + households)}`;
  const flat = `9,1,${101 + households}`;
  const serial = String(households * 2).padStart(3, "0");
  households += 1;
  const born = `${new Date().getFullYear() - 11}-12-31`;
  const [mother, grandmother, child] = ["梅", "芝", "苗"].map((last) => `罗${at}${last}`);
  const rows = [
    `${mother},居民身份证,${checked(`34010019840505${serial}`)},女,1984-05-05,${phone},${flat},户主,业主`,
    `${grandmother},,,女,1951-02-03,${phone},${flat},母亲,业主家属`,
    `${child},,,女,${born},,${flat},女,业主家属`,
  ];
  const invitation = demo.imports(mother, `${[HEAD, ...rows].join("\n")}\n`);
  return { mother, grandmother, child, born, phone, invitation };
}
