//! Any order, any of the names, only two columns needed.

use super::{checked, codes, verdicts};

#[test]
fn the_order_of_columns_does_not_matter() {
    let headings = ["姓名", "证件类型", "证件号码", "性别", "出生日期", "手机号", "楼栋", "车牌号"];
    let number = checked("34010019961008009");
    let good = ["邹华", "居民身份证", number.as_str(), "男", "1996/10/8", "1370000", "3#", "皖a·12b45"];
    for turn in 0..headings.len() {
        let turned = |cells: &[&str]| {
            let (before, after) = cells.split_at(turn);
            [after, before].concat().join(",")
        };
        let csv = format!("名册\n{}\n{}\n", turned(&headings), turned(&good));
        assert_eq!(codes(&csv), ["!phone_format"], "{csv}");
        let csv = csv.replace("1370000", "13700000000");
        assert_eq!(codes(&csv), ["normalised"], "{csv}");
        let record = verdicts(csv.as_bytes()).remove(0).accepted.unwrap();
        assert_eq!(record.birth_date.unwrap().to_string(), "1996-10-08");
        assert_eq!((record.address.building.as_str(), record.plate.as_deref()), ("3栋", Some("皖A12B45")));
    }
}

#[test]
fn two_columns_are_enough_and_other_names_serve() {
    let number = checked("34010019961008009");
    assert_eq!(codes(&format!("姓名,证件号码\n邹华,{number}\n")), ["address_missing"]);
    let csv = format!(
        "社区名册\n2026 年\n\n住户 姓名,民族,身份证号,联系电话,幢,门牌\n邹华,汉,{number},+86 13700000000,3号楼,101\n"
    );
    assert_eq!(codes(&csv), ["normalised"]);
    let record = verdicts(csv.as_bytes()).remove(0).accepted.unwrap();
    assert_eq!(record.phone.as_deref(), Some("13700000000"));
    assert_eq!((record.address.building.as_str(), record.address.room.as_str()), ("3栋", "101"));
}

#[test]
fn a_cell_of_an_unknown_column_is_nobodys() {
    let number = checked("34010019961008009");
    assert_eq!(codes(&format!("姓名,公式,证件号码,室\n邹华,=1+1,{number},101\n")), [""]);
}
