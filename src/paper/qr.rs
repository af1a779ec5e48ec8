//! A QR code as an SVG element, for pages and for files that are printed.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::fault::Fault;

/// The code of any size, black on white with its quiet margin. Level M survives a fold mark and still keeps the
/// squares large.
///
/// # Errors
/// When the text is longer than a code can hold.
pub fn qr(text: &str) -> Result<String, Fault> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| Fault::Internal("a link too long"))?;
    let svg = code.render::<svg::Color<'_>>().dark_color(svg::Color("#000")).light_color(svg::Color("#fff")).build();
    svg.find("<svg").and_then(|at| svg.get(at..)).map(str::to_owned).ok_or(Fault::Internal("a QR code without SVG"))
}
