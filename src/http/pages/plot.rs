//! Reads by day and app, drawn on the server. What has a colour has a pattern as well, and there is a table beside it;
//! colours and type come from the style sheet, by class.

use std::borrow::Borrow;

use plotters::prelude::*;

use crate::fault::Fault;

/// The reads of one app, or of all that have no series of their own.
#[derive(Clone, Debug)]
pub struct Series {
    /// What the app is called.
    pub name: String,
    /// How often, day by day.
    pub counts: Vec<u32>,
}

/// So many days, the last one is today.
#[derive(Clone, Debug, Default)]
pub struct Plot {
    /// Any moment of each day, the oldest first.
    pub days: Vec<i64>,
    /// What is written under some of the days.
    pub labels: Vec<String>,
    /// Apps, the most reads first.
    pub series: Vec<Series>,
    /// How often somebody was turned away, day by day.
    pub refused: Vec<u32>,
    /// The drawing.
    pub svg: String,
}

/// Patterns that can be told apart: so many apps have a series of their own, the last one is all others.
pub const MOST_SERIES: usize = 5;

const SIZE: (u32, u32) = (360, 200);
/// Colours that stand for classes until the drawing is done; none of them is ever seen.
const INK: RGBColor = RGBColor(2, 2, 2);
const RULE: RGBColor = RGBColor(3, 3, 3);
const REFUSED: RGBColor = RGBColor(1, 1, 99);

const fn of_series(index: u8) -> RGBColor {
    RGBColor(1, 1, index)
}

impl Plot {
    /// How often something was read on the day of this index, by the app of that one.
    #[must_use]
    pub fn count(&self, series: impl Borrow<usize>, day: impl Borrow<usize>) -> u32 {
        self.series.get(*series.borrow()).and_then(|series| series.counts.get(*day.borrow())).copied().unwrap_or(0)
    }

    /// How often somebody was turned away on the day of this index.
    #[must_use]
    pub fn refused_on(&self, day: impl Borrow<usize>) -> u32 {
        self.refused.get(*day.borrow()).copied().unwrap_or(0)
    }

    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        (0..self.days.len()).all(|day| self.height(day) == 0)
    }

    /// The days with something on them, the latest first: the table.
    #[must_use]
    pub fn rows(&self) -> Vec<(usize, i64)> {
        self.days.iter().copied().enumerate().rev().filter(|(day, _)| self.height(*day) > 0).collect()
    }

    /// How often somebody was turned away in all.
    #[must_use]
    pub fn refusals(&self) -> u32 {
        self.refused.iter().sum()
    }

    fn height(&self, day: usize) -> u32 {
        (0..self.series.len()).map(|series| self.count(series, day)).sum::<u32>() + self.refused_on(day)
    }

    /// Draws it.
    ///
    /// # Errors
    /// When the library says no, which a drawing in memory gives it no reason to.
    pub fn drawn(mut self) -> Result<Self, Fault> {
        let mut svg = String::new();
        self.draw(&mut svg).map_err(|_| Fault::Internal("a chart was not drawn"))?;
        self.svg = classed(&svg);
        Ok(self)
    }

    fn draw(&self, svg: &mut String) -> Result<(), Box<dyn std::error::Error + '_>> {
        let days = i32::try_from(self.days.len()).unwrap_or(1).max(1);
        let tallest = (0..self.days.len()).map(|day| self.height(day)).max().unwrap_or(0).max(4);
        let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(4)
            .margin_top(12)
            .x_label_area_size(26)
            .y_label_area_size(28)
            .build_cartesian_2d((0..days - 1).into_segmented(), 0..tallest + tallest.div_ceil(8))?;
        let label = |at: &SegmentValue<i32>| match at {
            SegmentValue::CenterOf(day) => usize::try_from(*day).ok().and_then(|day| self.labels.get(day)).cloned(),
            SegmentValue::Exact(_) | SegmentValue::Last => None,
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(RULE)
            .axis_style(RULE)
            .y_labels(5)
            .y_label_style(("sans-serif", 20).into_font().color(&INK))
            .x_labels(usize::try_from(days).unwrap_or(1))
            .x_label_formatter(&|at| label(at).unwrap_or_default())
            .x_label_style(("sans-serif", 20).into_font().color(&INK))
            .draw()?;
        for day in 0..days {
            chart.draw_series(self.stacked(day))?;
        }
        drop(chart);
        area.present()?;
        drop(area);
        Ok(())
    }

    /// The parts of one day's bar, from the ground up.
    fn stacked(&self, day: i32) -> Vec<Rectangle<(SegmentValue<i32>, u32)>> {
        let index = usize::try_from(day).unwrap_or(0);
        let apps =
            (0_u8..).zip(0..self.series.len()).map(|(code, series)| (of_series(code), self.count(series, index)));
        let mut ground = 0;
        let mut parts = Vec::new();
        for (colour, count) in apps.chain([(REFUSED, self.refused_on(index))]).filter(|(_, count)| *count > 0) {
            let corners = [(SegmentValue::Exact(day), ground), (SegmentValue::Exact(day + 1), ground + count)];
            let mut part = Rectangle::new(corners, colour.filled());
            let gap = if self.days.len() > 31 { 1 } else { 4 };
            part.set_margin(1, 0, gap, gap);
            parts.push(part);
            ground += count;
        }
        parts
    }
}

/// Classes in place of the colours, patterns in place of what they fill, and no type of its own.
fn classed(svg: &str) -> String {
    let mut out = svg.replace(" opacity=\"1\"", "").replace(" font-family=\"sans-serif\"", "");
    for code in 0..u8::try_from(MOST_SERIES).unwrap_or(u8::MAX) {
        let filled = format!("fill=\"#0101{code:02X}\" stroke=\"none\"");
        out = out.replace(&filled, &format!("class=\"bar series-{code}\" fill=\"url(#series-{code})\""));
    }
    out = out.replace("fill=\"#010163\" stroke=\"none\"", "class=\"bar series-no\" fill=\"url(#series-no)\"");
    out = out.replace("fill=\"#020202\"", "class=\"label\"").replace("stroke=\"#030303\"", "class=\"rule\"");
    // The page says what it shows; the frame of the file is the template's.
    let inside = out.split_once('>').map_or("", |(_, rest)| rest);
    inside.trim().trim_end_matches("</svg>").to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn plot() -> Plot {
        let series = |name: &str, counts: &[u32]| Series { name: name.into(), counts: counts.into() };
        let days: Vec<i64> = (0..3).collect();
        Plot {
            labels: days.iter().map(|day| format!("日{day}")).collect(),
            days,
            series: vec![series("a", &[2, 0, 1]), series("b", &[1, 0, 0])],
            refused: vec![0, 0, 3],
            svg: String::new(),
        }
    }

    #[test]
    fn every_part_of_a_bar_has_a_class_and_a_pattern_and_nothing_a_colour() {
        let svg = plot().drawn().unwrap().svg;
        for (part, count) in [("series-0", 2), ("series-1", 1), ("series-no", 1), ("series-2", 0)] {
            assert_eq!(svg.matches(&format!("class=\"bar {part}\" fill=\"url(#{part})\"")).count(), count, "{svg}");
        }
        assert!(!svg.contains('#') || !svg.replace("url(#", "").contains('#'), "a colour of its own: {svg}");
        assert!(!svg.contains("style=") && !svg.contains("<svg"), "{svg}");
        for label in ["日0", "日1", "日2"] {
            assert!(svg.contains(label), "{label}: {svg}");
        }
    }

    #[test]
    fn the_table_has_the_days_with_something_on_them() {
        let plot = plot();
        assert_eq!(plot.rows(), [(2, 2), (0, 0)]);
        assert_eq!((plot.count(0, 2), plot.refused_on(2), plot.count(7, 0)), (1, 3, 0));
        assert!(!plot.is_empty() && Plot { series: Vec::new(), refused: Vec::new(), ..plot }.is_empty());
    }
}
