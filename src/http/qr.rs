//! A QR code as SVG, to stand inside a page.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use crate::fault::Fault;

/// The code of a text, black on white in every theme: scanners want it so.
///
/// # Errors
/// When the text is too long for a code.
pub fn qr(text: &str) -> Result<String, Fault> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M);
    let code = code.map_err(|_| Fault::Internal("too long for a QR code"))?;
    let svg = code.render::<svg::Color<'_>>().dark_color(svg::Color("#000")).light_color(svg::Color("#fff")).build();
    svg.find("<svg").and_then(|at| svg.get(at..)).map(str::to_owned).ok_or(Fault::Internal("a QR code without SVG"))
}
