//! Workbooks made by hand, so that every oddity of the format can be written.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

/// Writes a workbook with these sheets: name, and the XML inside `<sheetData>`.
pub fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut parts = frame(sheets.iter().map(|(name, _)| *name));
    for (place, (_, rows)) in sheets.iter().enumerate() {
        let sheet = format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
        );
        parts.push((format!("xl/worksheets/sheet{}.xml", place + 1), sheet));
    }
    archive(parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())))
}

/// Packs parts into an archive.
pub fn archive<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A row of cells that are text.
pub fn row(number: u32, cells: &[&str]) -> String {
    let cells = cells.iter().enumerate().map(|(place, text)| text_cell(number, place, text)).collect::<String>();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

/// A cell of text.
pub fn text_cell(row: u32, place: usize, text: &str) -> String {
    format!(r#"<c r="{}{row}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#, letter(place))
}

/// A cell with a number; style 1 is a date.
pub fn number_cell(row: u32, place: usize, number: &str, style: u32) -> String {
    format!(r#"<c r="{}{row}" s="{style}"><v>{number}</v></c>"#, letter(place))
}

/// A cell with a formula and the value cached for it.
pub fn formula_cell(row: u32, place: usize, attributes: &str, formula: &str, cached: &str) -> String {
    format!(r#"<c r="{}{row}" t="str"><f{attributes}>{formula}</f><v>{cached}</v></c>"#, letter(place))
}

fn letter(place: usize) -> char {
    char::from(b'A' + u8::try_from(place).unwrap())
}

/// All parts of a workbook but its sheets.
pub fn frame<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of_document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let of_package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut sheets, mut relations) = (String::new(), String::new());
    for (place, name) in names.enumerate() {
        let id = place + 1;
        sheets += &format!(r#"<sheet name="{name}" sheetId="{id}" r:id="r{id}"/>"#);
        relations +=
            &format!(r#"<Relationship Id="r{id}" Type="{of_document}/worksheet" Target="worksheets/sheet{id}.xml"/>"#);
    }
    let part = |name: &str, text: String| (name.to_owned(), text);
    vec![
        part(
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{of_package}"><Relationship Id="r" Type="{of_document}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        part(
            "xl/workbook.xml",
            format!(r#"<workbook xmlns="{main}" xmlns:r="{of_document}"><sheets>{sheets}</sheets></workbook>"#),
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            format!(r#"<Relationships xmlns="{of_package}">{relations}</Relationships>"#),
        ),
        part(
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
    ]
}
