//! 照料等级: how much care somebody needs, in the words of the assessment (GB/T 42195) or those of the office.

/// The word that is kept; what is none of the known ones stays as it was written.
pub fn read(cell: &str) -> String {
    let known = match cell.trim() {
        "能力完好" | "能自理" | "自理" => "none",
        "能力轻度受损" | "轻度失能" | "半自理" | "部分自理" => "some",
        "能力中度受损" | "中度失能" => "much",
        "能力重度受损" | "能力完全丧失" | "重度失能" | "完全失能" | "不能自理" => "full",
        other => other,
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn assessments_and_offices_have_their_own_words() {
        assert_eq!(
            [read("能自理"), read("半自理"), read("中度失能"), read("不能自理")],
            ["none", "some", "much", "full"]
        );
        assert_eq!([read(""), read("2")], ["", "2"]);
    }
}
