//! The columns of a roster, recognised by their headings, in any order.

use super::spelling::compact;

/// A column that the import understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// 姓名.
    Name,
    /// 证件类型.
    DocumentType,
    /// 证件号码.
    DocumentNumber,
    /// 性别.
    Sex,
    /// 出生日期.
    BirthDate,
    /// 手机号.
    Phone,
    /// 楼栋.
    Building,
    /// 单元.
    Unit,
    /// 房号.
    Room,
    /// 与户主关系.
    Relation,
    /// 产权关系.
    Tenure,
    /// 车牌号.
    Plate,
    /// 紧急联系人.
    EmergencyContact,
    /// 紧急联系人电话.
    EmergencyPhone,
    /// 照料等级.
    CareLevel,
    /// 备注.
    Note,
}

impl Column {
    /// How many there are.
    pub const COUNT: usize = Self::NAMES.len();

    /// Every column with the headings it goes by, the first being its own.
    const NAMES: [(Self, &[&str]); 16] = [
        (Self::Name, &["姓名", "住户姓名", "名字"]),
        (Self::DocumentType, &["证件类型", "证件种类"]),
        (Self::DocumentNumber, &["证件号码", "身份证号", "身份证号码", "证件号"]),
        (Self::Sex, &["性别"]),
        (Self::BirthDate, &["出生日期", "生日", "出生年月日"]),
        (Self::Phone, &["手机号", "手机", "电话", "联系电话", "手机号码"]),
        (Self::Building, &["楼栋", "栋", "楼号", "幢"]),
        (Self::Unit, &["单元"]),
        (Self::Room, &["房号", "室", "门牌", "房间号"]),
        (Self::Relation, &["与户主关系"]),
        (Self::Tenure, &["产权关系", "居住类型"]),
        (Self::Plate, &["车牌号", "车牌", "车牌号码"]),
        (Self::EmergencyContact, &["紧急联系人"]),
        (Self::EmergencyPhone, &["紧急联系人电话"]),
        (Self::CareLevel, &["照料等级", "照护等级", "护理等级", "失能等级"]),
        (Self::Note, &["备注"]),
    ];

    fn named(heading: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, names)| names.contains(&heading)).map(|(column, _)| *column)
    }
}

/// Which column of the file is which.
#[derive(Debug, Clone)]
pub struct Headings {
    columns: Vec<Option<Column>>,
    /// Headings that are no column of a roster, or stand there twice: left out, and reported.
    pub left_out: Vec<String>,
}

impl Headings {
    /// Recognises a row of headings: one that names 姓名 and 证件号码. Spaces in headings do not count.
    #[must_use]
    pub fn recognise(row: &[String]) -> Option<Self> {
        let mut columns: Vec<Option<Column>> = Vec::new();
        let mut left_out = Vec::new();
        for cell in row {
            let heading = compact(cell);
            let column = Column::named(&heading).filter(|column| !columns.contains(&Some(*column)));
            if column.is_none() && !heading.is_empty() {
                left_out.push(printable(&heading));
            }
            columns.push(column);
        }
        let found = |column| columns.contains(&Some(column));
        let complete = found(Column::Name) && found(Column::DocumentNumber);
        complete.then_some(Self { columns, left_out })
    }

    /// The column that the file's `place`-th column is.
    pub fn at(&self, place: usize) -> Option<Column> {
        self.columns.get(place).copied().flatten()
    }
}

/// A heading or a sheet's name, as it may stand on a terminal: short, without control characters.
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn every_heading_of_the_rules_is_known() {
        let all = "姓名 住户姓名 名字 证件类型 证件种类 证件号码 身份证号 身份证号码 证件号 性别 出生日期 生日 出生年月日 手机号 手机 电话 \
                   联系电话 手机号码 楼栋 栋 楼号 幢 单元 房号 室 门牌 房间号 与户主关系 产权关系 居住类型 车牌号 车牌 车牌号码 紧急联系人 \
                   紧急联系人电话 备注";
        assert!(all.split_whitespace().all(|heading| Column::named(heading).is_some()));
        for (place, (column, _)) in Column::NAMES.iter().enumerate() {
            assert_eq!(*column as usize, place, "a line keeps its cells in this order");
        }
    }

    #[test]
    fn spaces_do_not_count_and_two_columns_must_be_there() {
        let headings = Headings::recognise(&row(&["姓 名", "\u{3000}身份证 号码\n", "", "电 话"])).unwrap();
        assert_eq!(headings.at(0), Some(Column::Name));
        assert_eq!(headings.at(1), Some(Column::DocumentNumber));
        assert_eq!((headings.at(2), headings.at(3), headings.at(9)), (None, Some(Column::Phone), None));
        assert!(Headings::recognise(&row(&["姓名", "性别"])).is_none());
        assert!(Headings::recognise(&row(&["锦绣花园住户名册"])).is_none());
    }

    #[test]
    fn unknown_and_double_headings_are_left_out_and_told() {
        let headings =
            Headings::recognise(&row(&["姓名", "民族", "证件号", "手机", "电话", "\u{1b}[31m序号"])).unwrap();
        assert_eq!(headings.left_out, ["民族", "电话", "[31m序号"]);
        assert_eq!((headings.at(3), headings.at(4)), (Some(Column::Phone), None));
    }
}
