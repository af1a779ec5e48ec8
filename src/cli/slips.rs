//! Slips of paper: one invitation each, to print, fold and hand over.
//!
//! A slip is one side of A4 in three parts. Folded twice, the name stands outside and link and QR code lie inside, so
//! that nobody on the way can use it unseen. All is black on white, words are large, and nothing is loaded from
//! anywhere: the file is the whole of it.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::PathBuf;

use askama::Template;

use super::Failure;
use crate::clock::Clock;
use crate::config::{Community, Config};
use crate::fault::Fault;
use crate::paper::qr;
use crate::roster::Invited;
use crate::text::{Calendar, Locale, Words};

/// The folder that slips are written to: only its owner can look into it.
pub struct Folder(PathBuf);

/// One slip.
struct Slip {
    number: usize,
    file: String,
    name: String,
    place: String,
    link: String,
    /// The link as an SVG element.
    qr: String,
    /// The last day in both languages.
    until: [String; 2],
}

#[derive(Template)]
#[template(path = "slips/slips.html")]
struct Sheets<'a> {
    slips: &'a [&'a Slip],
    community: &'a Community,
    words: [Words; 2],
}

#[derive(Template)]
#[template(path = "slips/index.html")]
struct Index<'a> {
    slips: &'a [Slip],
    community: &'a Community,
    words: [Words; 2],
}

impl Folder {
    /// Makes the folder, or takes an empty one.
    ///
    /// # Errors
    /// When it cannot be made, or holds something: old slips and new ones must not get mixed.
    pub fn make(path: PathBuf) -> Result<Self, Failure> {
        DirBuilder::new().recursive(true).mode(0o700).create(&path).map_err(cannot)?;
        if fs::read_dir(&path).map_err(cannot)?.next().is_some() {
            return Err(Failure::Sentence(format!(
                "{0} 里已有文件，请换一个空文件夹。\n{0} is not empty: name an empty folder.",
                path.display()
            )));
        }
        fs::set_permissions(&path, Permissions::from_mode(0o700)).map_err(cannot)?;
        Ok(Self(path))
    }

    /// Writes a file for each slip, one with all of them for the printer, and an index.
    ///
    /// # Errors
    /// When a file cannot be written, or a page not made.
    pub fn write(&self, config: &Config, clock: &Clock, invited: &[Invited]) -> Result<(), Failure> {
        let words = Locale::ALL.map(Words::of);
        let calendars = words.map(|words| Calendar::new(words, config.zone(), clock.now().seconds()));
        let community = &config.community;
        let slip = |(place, invited)| Slip::of(config, &calendars, place + 1, invited);
        let slips: Vec<Slip> = invited.iter().enumerate().map(slip).collect::<Result<_, Fault>>()?;
        for slip in &slips {
            self.file(&slip.file, &Sheets { slips: &[slip], community, words })?;
        }
        self.file("all.html", &Sheets { slips: &slips.iter().collect::<Vec<_>>(), community, words })?;
        self.file("index.html", &Index { slips: &slips, community, words })
    }

    fn file(&self, name: &str, page: &impl Template) -> Result<(), Failure> {
        let text = page.render().map_err(|_| Fault::Internal("a slip does not render"))?;
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(self.0.join(name));
        Ok(file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(cannot)?)
    }
}

impl Slip {
    fn of(config: &Config, calendars: &[Calendar; 2], number: usize, invited: &Invited) -> Result<Self, Fault> {
        let link = config.server.issuer.at(&format!("/invitation/{}", invited.link.token.expose()));
        let address = &invited.address;
        let place = [&address.building, &address.unit, &address.room].map(String::as_str);
        Ok(Self {
            number,
            file: format!("{number:05}.html"),
            name: invited.name.clone(),
            place: place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
            qr: qr(&link)?,
            link,
            until: calendars.each_ref().map(|calendar| calendar.date(invited.link.until.seconds())),
        })
    }
}

fn cannot(cause: io::Error) -> Fault {
    Fault::File("slips", cause)
}
