//! How much a roster may hold: what a hostile file can make us keep or unpack is the sum of these.

/// The file as it stands on disk.
pub const FILE_BYTES: usize = 32 * 1024 * 1024;

/// All parts of a workbook unpacked, counted while they are, whatever its directory says.
pub const UNPACKED_BYTES: usize = 128 * 1024 * 1024;

/// Parts of a workbook.
pub const WORKBOOK_PARTS: usize = 2_000;

/// Strings that the cells of a workbook share.
pub const STRINGS: usize = 2_000_000;

/// The part that says how cells look.
pub const STYLE_BYTES: usize = 8 * 1024 * 1024;

/// Sheets of a workbook that are looked through for headings.
pub const SHEETS: usize = 100;

/// Rows among which the headings must stand.
pub const HEADING_ROWS: usize = 50;

/// Columns that are looked at; cells further right are nobody's.
pub const COLUMNS: usize = 256;

/// Records of a file.
pub const RECORDS: usize = 100_000;

/// Characters of one cell: what spreadsheets allow.
pub const CELL_CHARACTERS: usize = 32_767;

/// Bytes of all cells that are kept.
pub const TEXT_BYTES: usize = 64 * 1024 * 1024;
