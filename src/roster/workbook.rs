//! XLSX: the first sheet with headings, cell by cell.
//!
//! Cells are streamed, never laid out as a rectangle (two cells at opposite corners of a sheet would make one of
//! seventeen thousand million). Shared formulas are put together here, for the same reason: their number in the
//! file would size a table.

use std::collections::HashMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxCellReader, XlsxFormulaMetadata};

use super::birth_date;
use super::heading::printable;
use super::limits;
use super::table::{Roster, Table};
use super::unpack;
use super::unreadable::Unreadable;

/// Reads a workbook.
///
/// # Errors
/// When it is broken or too large, or no sheet of it has headings.
pub fn read(bytes: &[u8]) -> Result<Roster, Unreadable> {
    unpack::check(bytes)?;
    // The reader's own arithmetic trusts the file (a cell called A0, a range that ends before it begins): in a
    // build that checks arithmetic it panics, and that is a broken workbook and nothing else.
    catch_unwind(AssertUnwindSafe(|| read_sheets(bytes))).unwrap_or(Err(Unreadable::BrokenWorkbook))
}

fn read_sheets(bytes: &[u8]) -> Result<Roster, Unreadable> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::BrokenWorkbook)?;
    let names = workbook.sheet_names();
    let since_1904 = workbook.has_1904_epoch();
    for name in names.iter().take(limits::SHEETS) {
        // What is no worksheet (a chart) is passed over like one without headings.
        let Ok(cells) = workbook.worksheet_cells_reader(name) else { continue };
        match read_sheet(cells, since_1904) {
            Err(Unreadable::NoHeadings) => {}
            Err(refusal) => return Err(refusal),
            Ok(roster) => {
                let others = names.iter().filter(|other| *other != name).take(limits::SHEETS);
                let other_sheets = others.map(|other| printable(other)).collect();
                return Ok(Roster { sheet: Some(printable(name)), other_sheets, ..roster });
            }
        }
    }
    Err(Unreadable::NoHeadings)
}

fn read_sheet(mut cells: XlsxCellReader<'_, Cursor<&[u8]>>, since_1904: bool) -> Result<Roster, Unreadable> {
    let mut table = Table::default();
    let mut formulas = Formulas::default();
    let mut row: Vec<String> = Vec::new();
    let mut current = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| Unreadable::BrokenWorkbook)? {
        let (number, column) = cell.pos;
        if number != current {
            table.take(u64::from(current) + 1, std::mem::take(&mut row))?;
            current = number;
        }
        let Some(place) = usize::try_from(column).ok().filter(|place| *place < limits::COLUMNS) else { continue };
        let text = match cell.formula.and_then(|formula| formulas.text(formula, cell.pos).transpose()) {
            Some(formula) => formula?,
            None => text_of(&cell.value, since_1904)?,
        };
        if !text.is_empty() {
            if row.len() <= place {
                row.resize(place + 1, String::new());
            }
            if let Some(slot) = row.get_mut(place) {
                *slot = text;
            }
        }
    }
    table.take(u64::from(current) + 1, row)?;
    table.finish()
}

/// A cell as text: a whole number as its digits, a date as YYYY-MM-DD.
fn text_of(value: &DataRef<'_>, since_1904: bool) -> Result<String, Unreadable> {
    let text = match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) if text.len() > limits::CELL_CHARACTERS * 4 => {
            // Before it is copied: one long string can be shared by every cell.
            return Err(Unreadable::TooMuchText);
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Never in scientific notation, and without a fraction when there is none.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => day(*moment, since_1904),
        DataRef::DateTimeIso(moment) => moment.split('T').next().unwrap_or_default().to_owned(),
        DataRef::DurationIso(span) => span.clone(),
        DataRef::Error(error) => error.to_string(),
    };
    Ok(text)
}

/// The day of a date cell; a span of time, or a day that calendars do not have, stays the number it is.
fn day(moment: ExcelDateTime, since_1904: bool) -> String {
    let number = moment.as_f64();
    // The conversion saturates, and no day is that far away.
    let serial = number.floor() as i64;
    let day = birth_date::of_serial(serial, since_1904).filter(|_| moment.is_datetime());
    day.map_or_else(|| number.to_string(), |day| day.to_string())
}

/// The formulas of a sheet that several cells share.
#[derive(Default)]
struct Formulas(HashMap<usize, (String, (u32, u32))>);

impl Formulas {
    /// The formula of one cell as text, `=` in front, whatever value was cached for it; `None` when it is empty.
    fn text(&mut self, formula: XlsxFormulaMetadata, at: (u32, u32)) -> Result<Option<String>, Unreadable> {
        let text = match formula {
            XlsxFormulaMetadata::Normal { formula } => formula,
            XlsxFormulaMetadata::Shared { shared_index, formula, .. } => {
                self.0.insert(shared_index, (formula.clone(), at));
                formula
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => {
                let (template, from) = self.0.get(&shared_index).ok_or(Unreadable::BrokenWorkbook)?;
                calamine::expand_shared_formula(template, *from, at).map_err(|_| Unreadable::BrokenWorkbook)?
            }
            _ => return Err(Unreadable::BrokenWorkbook),
        };
        Ok((!text.is_empty()).then(|| format!("={text}")))
    }
}
