//! A roster, whatever its bytes: every record gets one verdict, a rejection says why, and what is accepted is in its
//! one spelling, so that a second reading finds nothing to rewrite. (Text files only: the reader of workbooks is known
//! to panic on some, which the import catches and a fuzzer does not.)
#![no_main]

use latchkey::roster::{self, Code, Record};
use libfuzzer_sys::fuzz_target;

const TODAY: jiff::civil::Date = jiff::civil::Date::constant(2026, 11, 22);

fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"PK") {
        return;
    }
    let Ok(first) = roster::read(data) else { return };
    let verdicts = roster::judge_alone(&first, TODAY);
    assert_eq!(verdicts.len(), first.lines.len(), "one verdict for each record");
    for verdict in verdicts {
        assert_eq!(verdict.is_accepted(), verdict.accepted.is_some());
        assert!(verdict.is_accepted() || !verdict.codes.is_empty(), "a rejection says why");
        let Some(record) = verdict.accepted else { continue };
        let again = roster::read(csv(&record).as_bytes()).expect("our own writing is a roster");
        let again = roster::judge_alone(&again, TODAY).pop().expect("of one record");
        assert!(!again.codes.contains(Code::Normalised), "rewritten twice: {}", again.codes);
        assert!(again.accepted.expect("accepted once, accepted again") == record, "read as something else");
    }
});

/// The record as a roster of its own.
fn csv(record: &Record) -> String {
    let columns = [
        ("姓名", "name"),
        ("证件类型", "document_type"),
        ("证件号码", "document_number"),
        ("性别", "sex"),
        ("出生日期", "birth_date"),
        ("手机号", "phone"),
        ("楼栋", "building"),
        ("单元", "unit"),
        ("房号", "room"),
        ("与户主关系", "relation"),
        ("产权关系", "tenure"),
        ("车牌号", "plate"),
        ("紧急联系人", "emergency_contact"),
        ("紧急联系人电话", "emergency_phone"),
        ("备注", "note"),
    ];
    let fields = record.fields();
    let row = |cell: fn(&(&str, &str), &std::collections::BTreeMap<&'static str, String>) -> String| {
        columns.iter().map(|column| format!("\"{}\"", cell(column, &fields).replace('"', "\"\""))).collect::<Vec<_>>()
    };
    let headings = row(|(heading, _), _| (*heading).to_owned()).join(",");
    let cells = row(|(_, field), fields| fields[field].clone()).join(",");
    format!("{headings}\n{cells}\n")
}
