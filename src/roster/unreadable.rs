//! Why a file as a whole is not a roster.

use std::fmt;

use super::code::Words;

/// What keeps a whole file out. No cell of it can be formatted into these words.
#[derive(Debug)]
pub enum Unreadable {
    /// The file itself cannot be read.
    File(std::io::Error),
    /// Nothing is in it.
    Empty,
    /// More bytes than a roster can have.
    TooLarge,
    /// A workbook that unpacks to more than a roster can hold.
    UnpacksTooLarge,
    /// UTF-16, as "Unicode text" is saved by spreadsheets.
    Utf16,
    /// Neither UTF-8 nor GB18030.
    NotText,
    /// A workbook of the old kind (.xls), or one under a password.
    OldOrLocked,
    /// A workbook that cannot be read.
    BrokenWorkbook,
    /// No row names the columns 姓名 and 证件号码.
    NoHeadings,
    /// More records than a community has.
    TooManyRecords,
    /// A cell longer than spreadsheets allow, or altogether too much text: often a quotation mark never closed.
    TooMuchText,
}

impl Unreadable {
    /// In words, for the operator.
    #[must_use]
    pub fn words(&self) -> Words {
        let (zh, en) = match self {
            Self::File(_) => ("文件无法读取", "the file cannot be read"),
            Self::Empty => ("文件是空的", "the file is empty"),
            Self::TooLarge => ("文件超过 32 MiB，不像一份住户名册", "the file is larger than 32 MiB; no roster is"),
            Self::UnpacksTooLarge => {
                ("工作簿解压后过大，不像一份住户名册", "the workbook unpacks to more than a roster can hold")
            }
            Self::Utf16 => (
                "文件是 UTF-16 编码，请另存为 CSV UTF-8 或 XLSX",
                "the file is UTF-16; save it as CSV UTF-8 or as XLSX",
            ),
            Self::NotText => (
                "文件既不是 UTF-8 也不是 GB18030 编码的文本，请另存为 CSV UTF-8 或 XLSX",
                "the file is neither UTF-8 nor GB18030 text; save it as CSV UTF-8 or as XLSX",
            ),
            Self::OldOrLocked => (
                "这是旧式 .xls 或加了密码的工作簿，请另存为不加密的 XLSX",
                "this is an old .xls or a workbook under a password; save it as XLSX without one",
            ),
            Self::BrokenWorkbook => (
                "工作簿已损坏或不是 XLSX，请重新另存为 XLSX",
                "the workbook is damaged or no XLSX; save it as XLSX again",
            ),
            Self::NoHeadings => (
                "找不到表头：前 50 行里必须有一行同时写着“姓名”和“证件号码”",
                "no headings found: one of the first 50 rows must name the columns 姓名 and 证件号码",
            ),
            Self::TooManyRecords => ("记录超过 100000 条，请分成几个文件", "more than 100,000 records; split the file"),
            Self::TooMuchText => (
                "某个单元格过长或全部文字过多，可能少了一个引号",
                "a cell is too long, or there is too much text in all; a quotation mark may be missing",
            ),
        };
        Words { zh, en }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().en)
    }
}

impl std::error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(cause) => Some(cause),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits;

    #[test]
    fn the_words_name_the_real_limits() {
        assert_eq!(limits::FILE_BYTES, 32 * 1024 * 1024);
        assert_eq!((limits::HEADING_ROWS, limits::RECORDS), (50, 100_000));
    }
}
