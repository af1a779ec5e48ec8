//! Rows become lines: the headings are found, each cell goes to its column, and nothing grows without bound.

use super::heading::{Column, Headings};
use super::limits;
use super::spelling::{is_invisible, is_space};
use super::unreadable::Unreadable;

/// One record of a roster, cell by cell, as it was written.
#[derive(Clone)]
pub struct Line {
    /// The line of the text file, or the row of the sheet, counted from 1.
    pub number: u64,
    cells: [String; Column::COUNT],
}

impl Line {
    /// What stands in a column; empty when the roster has none such.
    #[must_use]
    pub fn cell(&self, column: Column) -> &str {
        self.cells.get(column as usize).map_or("", String::as_str)
    }
}

/// A roster that was read: its records, and what was left out of it.
#[derive(Clone)]
pub struct Roster {
    /// The records in their order; the title and the headings are none.
    pub lines: Vec<Line>,
    /// Headings that no column goes by.
    pub left_out: Vec<String>,
    /// The sheet that was read, of a workbook.
    pub sheet: Option<String>,
    /// Its sheets that were not.
    pub other_sheets: Vec<String>,
}

impl Roster {
    /// A roster of one record that did not come in a file of rows.
    #[must_use]
    pub fn of_one(cells: Vec<(Column, String)>) -> Self {
        let mut line = Line { number: 1, cells: Default::default() };
        for (column, text) in cells {
            if let Some(cell) = line.cells.get_mut(column as usize) {
                *cell = text;
            }
        }
        Self { lines: vec![line], left_out: Vec::new(), sheet: None, other_sheets: Vec::new() }
    }
}

/// Takes rows one after the other.
#[derive(Default)]
pub struct Table {
    headings: Option<Headings>,
    rows_before: usize,
    lines: Vec<Line>,
    text_bytes: usize,
}

impl Table {
    /// Takes the next row.
    ///
    /// # Errors
    /// When the headings should have come by now, or the roster grows beyond its limits.
    pub fn take(&mut self, number: u64, row: Vec<String>) -> Result<(), Unreadable> {
        let Some(headings) = &self.headings else {
            if row.iter().all(|cell| is_blank(cell)) {
                return Ok(());
            }
            self.headings = Headings::recognise(&row);
            self.rows_before += 1;
            let too_late = self.headings.is_none() && self.rows_before >= limits::HEADING_ROWS;
            return if too_late { Err(Unreadable::NoHeadings) } else { Ok(()) };
        };
        let mut cells: [String; Column::COUNT] = Default::default();
        let mut text_bytes = self.text_bytes;
        for (place, text) in row.into_iter().enumerate() {
            let Some(column) = headings.at(place) else { continue };
            text_bytes += text.len();
            if text.len() > limits::CELL_CHARACTERS && text.chars().count() > limits::CELL_CHARACTERS {
                return Err(Unreadable::TooMuchText);
            }
            if let Some(cell) = cells.get_mut(column as usize) {
                *cell = text;
            }
        }
        if cells.iter().all(|cell| is_blank(cell)) {
            return Ok(());
        }
        if self.lines.len() >= limits::RECORDS {
            return Err(Unreadable::TooManyRecords);
        }
        if text_bytes > limits::TEXT_BYTES {
            return Err(Unreadable::TooMuchText);
        }
        self.text_bytes = text_bytes;
        self.lines.push(Line { number, cells });
        Ok(())
    }

    /// What was read.
    ///
    /// # Errors
    /// When no headings came.
    pub fn finish(self) -> Result<Roster, Unreadable> {
        let headings = self.headings.ok_or(Unreadable::NoHeadings)?;
        Ok(Roster { lines: self.lines, left_out: headings.left_out, sheet: None, other_sheets: Vec::new() })
    }
}

/// A row that is blank in every column of a roster is no record: spreadsheets leave such rows behind under a table,
/// often with a running number in front.
fn is_blank(cell: &str) -> bool {
    cell.chars().all(|c| is_space(c) || is_invisible(c))
}
