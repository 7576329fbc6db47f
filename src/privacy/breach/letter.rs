//! The notice to the persons whom a breach touches, in the words of the register. Article 46 (2) of the data protection
//! law says what it must hold: which data came out, when and how, and what is done about it.

use super::{
    read,
    view::{Breach, BreachId, BreachLetter},
};
use crate::{
    access::context::Ctx,
    foundation::{
        error::Result,
        language::{Language, of_code},
    },
    identity::account::rule::AccountLanguage,
};

/// The notice of one breach, in Indonesian unless another language is asked for.
///
/// # Errors
/// `forbidden`; `not_found`.
pub async fn find(ctx: &Ctx, id: BreachId, language: Option<AccountLanguage>) -> Result<BreachLetter> {
    let breach = read::find(ctx, id).await?;
    Ok(letter(&breach, language.unwrap_or(AccountLanguage::Id), &ctx.services.settings.public_url))
}

/// The notice of a breach. Where nobody is named to be asked, the service itself is.
pub fn letter(breach: &Breach, language: AccountLanguage, asked: &str) -> BreachLetter {
    let words = match language {
        AccountLanguage::Id => Language::Indonesian,
        AccountLanguage::En => Language::English,
    };
    let say = |code: &str, args: &[(&'static str, String)]| of_code(words, code, args);
    let contact = breach.contact.clone().unwrap_or_else(|| asked.to_owned());
    let parts = [
        say("breach_letter_opening", &[]),
        say("breach_letter_which", &[("classes", classes(breach, words))]),
        say("breach_letter_when", &[("discovered", breach.discovered_at.to_rfc3339())]),
        course(breach, words),
        say("breach_letter_how", &[("cause", cause(breach, words))]),
        breach.what_happened.trim().to_owned(),
        stopped(breach, words),
        headed("breach_letter_measures", breach.measures.as_deref(), words),
        headed("breach_letter_consequences", breach.consequences.as_deref(), words),
        say("breach_letter_contact", &[("contact", contact)]),
        say("breach_letter_law", &[]),
    ];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let subject = say("breach_letter_subject", &[("title", breach.title.clone())]);
    BreachLetter { language, subject, text: said.join("\n\n") }
}

/// The classes of data, each as a line of a list.
fn classes(breach: &Breach, words: Language) -> String {
    let line = |code: String| format!("- {}", of_code(words, &code, &[]));
    let lines = breach.data_classes.iter().map(|class| line(format!("breach_class_{class}")));
    lines.collect::<Vec<_>>().join("\n")
}

fn cause(breach: &Breach, words: Language) -> String {
    of_code(words, &format!("breach_cause_{}", breach.cause), &[])
}

/// Since when and until when, as far as is known.
fn course(breach: &Breach, words: Language) -> String {
    let (from, until) = (
        breach.occurred_from.map(|at| at.to_rfc3339()),
        breach.occurred_until.or(breach.contained_at).map(|at| at.to_rfc3339()),
    );
    match (from, until) {
        (Some(from), Some(until)) => {
            of_code(words, "breach_letter_course", &[("from", from), ("until", until)])
        }
        (Some(from), None) => of_code(words, "breach_letter_from", &[("from", from)]),
        (None, Some(until)) => of_code(words, "breach_letter_until", &[("until", until)]),
        (None, None) => String::new(),
    }
}

fn stopped(breach: &Breach, words: Language) -> String {
    match breach.contained_at {
        Some(at) => of_code(words, "breach_letter_contained", &[("at", at.to_rfc3339())]),
        None => of_code(words, "breach_letter_not_contained", &[]),
    }
}

/// A text under its heading; nothing where nothing was said.
fn headed(code: &str, text: Option<&str>, words: Language) -> String {
    text.map(|text| format!("{}\n{}", of_code(words, code, &[]), text.trim())).unwrap_or_default()
}
