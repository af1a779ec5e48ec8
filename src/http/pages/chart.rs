//! A bar for each day, as SVG without any style of its own: colours and type come from the style sheet.

/// One day.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Any moment of that day.
    pub day: i64,
    /// How often something was disclosed.
    pub reads: u32,
    /// How often a read was refused.
    pub refused: u32,
}

/// Bars side by side, the last one is today.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// The days, the oldest first.
    pub bars: Vec<Bar>,
}

/// Where a bar stands, in units of the drawing.
pub(super) struct Drawn {
    pub(super) day: i64,
    pub(super) reads: u32,
    pub(super) refused: u32,
    pub(super) left: u32,
    pub(super) middle: u32,
    pub(super) label_at: u32,
    pub(super) reads_at: u32,
    pub(super) reads_tall: u32,
    pub(super) refused_at: u32,
    pub(super) refused_tall: u32,
}

/// The line that the bars stand on, and the room above it.
const GROUND: u32 = 86;
const ROOM: u32 = 62;
const STEP: u32 = 46;

impl Chart {
    /// How often something was disclosed in all.
    #[must_use]
    pub fn reads(&self) -> u32 {
        self.bars.iter().map(|bar| bar.reads).sum()
    }

    /// How often a read was refused in all.
    #[must_use]
    pub fn refused(&self) -> u32 {
        self.bars.iter().map(|bar| bar.refused).sum()
    }

    pub(super) fn width(&self) -> u32 {
        STEP.saturating_mul(u32::try_from(self.bars.len()).unwrap_or(0)).max(STEP)
    }

    pub(super) fn drawn(&self) -> Vec<Drawn> {
        let tall = |bar: &Bar| u64::from(bar.reads) + u64::from(bar.refused);
        let tallest = self.bars.iter().map(tall).max().unwrap_or(0);
        self.bars.iter().zip(0..).map(|(bar, index)| draw(bar, index, tallest)).collect()
    }
}

fn draw(bar: &Bar, index: u32, tallest: u64) -> Drawn {
    let tall = |count: u32| scaled(count, tallest.max(4));
    let (reads_tall, refused_tall) = (tall(bar.reads), tall(bar.refused));
    let reads_at = GROUND - reads_tall;
    // A gap of paper keeps the two parts apart where colours cannot.
    let refused_at = reads_at - refused_tall - u32::from(reads_tall > 0 && refused_tall > 0) * 2;
    Drawn {
        day: bar.day,
        reads: bar.reads,
        refused: bar.refused,
        left: index * STEP + 9,
        middle: index * STEP + STEP / 2,
        label_at: refused_at - 6,
        reads_at,
        reads_tall,
        refused_at,
        refused_tall,
    }
}

/// A height that is never more than the room, and never nothing for a count above nothing.
fn scaled(count: u32, tallest: u64) -> u32 {
    let share = u64::from(count) * u64::from(ROOM) / tallest.max(1);
    let tall = u32::try_from(share).unwrap_or(ROOM).min(ROOM);
    if count > 0 { tall.max(4) } else { 0 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, reason = "tests")]
    use super::*;

    fn chart(days: &[(u32, u32)]) -> Chart {
        let bars = days.iter().map(|&(reads, refused)| Bar { day: 0, reads, refused });
        Chart { bars: bars.collect() }
    }

    #[test]
    fn the_tallest_day_fills_the_room_and_an_empty_day_has_no_bar() {
        let drawn = chart(&[(0, 0), (10, 0), (5, 5)]).drawn();
        assert_eq!((drawn[0].reads_tall, drawn[0].refused_tall), (0, 0));
        assert_eq!(drawn[1].reads_tall, ROOM);
        assert_eq!(drawn[2].reads_tall + drawn[2].refused_tall, ROOM);
    }

    #[test]
    fn a_single_read_among_thousands_is_still_to_be_seen() {
        let drawn = chart(&[(u32::MAX, u32::MAX), (1, 0)]).drawn();
        assert!(drawn[1].reads_tall >= 4);
        assert!(drawn[0].reads_tall <= ROOM);
    }
}
