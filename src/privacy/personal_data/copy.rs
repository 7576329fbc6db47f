//! The copy as one document, written as it is read: never more of it in memory than one stretch of rows. It holds no
//! connection while whoever fetches it is slow, so it is not of one moment; it says from when to when it was read.

use serde::Serialize;

use super::read::{self, Held, Stretch};
use crate::{
    access::context::Ctx,
    foundation::error::{Error, Result},
    privacy::register::{RowKey, Section, sections},
};

/// Rows in one piece.
const ROWS: usize = 200;

/// The pieces of one copy, in order.
pub struct Pieces {
    ctx: Ctx,
    held: Held,
    sections: std::vec::IntoIter<Section>,
    at: At,
}

/// Where the document stands.
enum At {
    Start,
    /// Between two sections; whether one was written.
    Between(bool),
    /// In a section, after this row.
    Within(Section, RowKey),
    End,
}

impl Pieces {
    /// Those of what is held on somebody.
    pub fn of(ctx: Ctx, held: Held) -> Self {
        Self { ctx, held, sections: sections().into_iter(), at: At::Start }
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    /// Whatever the database answers: then the document is broken off, which its reader sees.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let mut piece = Vec::new();
        match std::mem::replace(&mut self.at, At::End) {
            At::Start => {
                let language = self.ctx.language;
                put(&mut piece, "{\"personId\":", &self.held.person)?;
                put(&mut piece, ",\"readAt\":", &self.ctx.now())?;
                put(&mut piece, ",\"note\":", &read::note(language))?;
                piece.extend(b",\"sections\":[");
                self.at = At::Between(false);
            }
            At::Between(comma) => match self.sections.next() {
                Some(section) => {
                    put(&mut piece, if comma { ",{\"name\":" } else { "{\"name\":" }, &section.name)?;
                    let words = read::explanation(&section, self.ctx.language);
                    put(&mut piece, ",\"explanation\":", &words)?;
                    piece.extend(b",\"rows\":[");
                    self.stretch(&mut piece, section, None).await?;
                }
                None => {
                    put(&mut piece, "],\"finishedAt\":", &self.ctx.now())?;
                    piece.push(b'}');
                }
            },
            At::Within(section, after) => self.stretch(&mut piece, section, Some(after)).await?,
            At::End => return Ok(None),
        }
        Ok(Some(piece))
    }

    /// Some rows of a section, and its end where they are the last.
    async fn stretch(&mut self, piece: &mut Vec<u8>, section: Section, after: Option<RowKey>) -> Result<()> {
        let goes_on = after.is_some();
        let Stretch { rows, next } = read::rows(&self.ctx, &self.held, &section, after, ROWS).await?;
        for (at, row) in rows.iter().enumerate() {
            put(piece, if at > 0 || goes_on { "," } else { "" }, row)?;
        }
        self.at = match next {
            Some(after) => At::Within(section, after),
            None => {
                piece.extend(b"]}");
                At::Between(true)
            }
        };
        Ok(())
    }
}

fn put(piece: &mut Vec<u8>, before: &str, value: &impl Serialize) -> Result<()> {
    piece.extend(before.as_bytes());
    serde_json::to_writer(piece, value).map_err(|e| Error::internal("write a person's copy", e))
}
