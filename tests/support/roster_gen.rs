//! Rosters of any size, for tests and the benchmark: invented people with valid, unique numbers. The same size gives
//! the same text.

use latchkey::roster::check_digit;

const SURNAMES: [&str; 16] =
    ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "欧阳", "马", "朱", "阿卜杜拉·"];
const GIVEN: [&str; 16] =
    ["伟", "芳", "秀英", "敏", "静", "强", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "明华", "𠅤"];
const HEADINGS: &str = "姓名,证件类型,证件号码,性别,出生日期,手机号,楼栋,单元,房号,与户主关系,产权关系,车牌号,紧急联系人,紧急联系人电话,备注\n";

/// A CSV of so many people (at most a million), three to a flat, one in ten under fourteen; every record is fine.
pub fn roster(people: usize) -> String {
    let mut csv = String::with_capacity(people * 180);
    csv.push_str(HEADINGS);
    for person in 0..people {
        csv.push_str(&line(person));
    }
    csv
}

fn line(person: usize) -> String {
    let flat = person / 3;
    let child = person % 10 == 9;
    // A thousand sequence numbers a day, so days move on as people do.
    let (day, sequence) = (person / 1_000, person % 1_000);
    let year = if child { 2014 } else { 1940 + day % 60 };
    let (month, day) = (day / 60 % 12 + 1, day / 720 % 28 + 1);
    let body = format!("340100{year}{month:02}{day:02}{sequence:03}");
    let check = check_digit(&body).unwrap_or('?');
    let sex = if sequence % 2 == 1 { "男" } else { "女" };
    let name = format!("{}{}", pick(&SURNAMES, flat), pick(&GIVEN, person * 7));
    let (building, unit, room) = (flat / 240 + 1, flat / 80 % 3 + 1, (flat / 4 % 20 + 1) * 100 + flat % 4 + 1);
    let relation = ["户主", "配偶", "子女"].get(person % 3).copied().unwrap_or_default();
    let plate = if person.is_multiple_of(3) { format!("皖A{:05}", flat % 100_000) } else { String::new() };
    let phone = 13_000_000_000 + person;
    format!(
        "{name},居民身份证,{body}{check},{sex},{year}-{month:02}-{day:02},{phone},{building}栋,{unit}单元,{room:04},\
         {relation},业主,{plate},,,\n"
    )
}

fn pick<'a>(from: &[&'a str], place: usize) -> &'a str {
    from.get(place % from.len()).copied().unwrap_or_default()
}
