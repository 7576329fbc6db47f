//! One form with its words: all pages for signing in are made of these.

use actix_web::HttpRequest;
use askama::Template;

use crate::{
    foundation::{
        error::{Fault, Result},
        language::{self, Language},
    },
    rest::{landing::page_language, page},
};

/// A section with a form; without `action` only its words.
#[derive(Template)]
#[template(path = "sheet.html")]
pub struct Sheet {
    language: Language,
    top: bool,
    title: String,
    lead: Option<String>,
    alerts: Vec<String>,
    notes: Vec<String>,
    picture: Option<String>,
    typed: Option<String>,
    action: Option<String>,
    csrf: String,
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    button: String,
    links: Vec<(String, String)>,
}

/// One thing to fill in.
pub struct Field {
    id: String,
    name: &'static str,
    label: String,
    kind: &'static str,
    value: String,
    autocomplete: &'static str,
    hint: Option<String>,
}

impl Sheet {
    /// A section whose title is the text `<key>-title`.
    pub fn new(http: &HttpRequest, key: &str) -> Self {
        let language = page_language(http);
        Self {
            language,
            top: true,
            title: words(language, &format!("{key}-title")),
            lead: language::text(language, &format!("{key}-lead"), &[]),
            alerts: Vec::new(),
            notes: Vec::new(),
            picture: None,
            typed: None,
            action: None,
            csrf: String::new(),
            hidden: Vec::new(),
            fields: Vec::new(),
            button: language::text(language, &format!("{key}-button"), &[]).unwrap_or_default(),
            links: Vec::new(),
        }
    }

    /// Below another one of its page.
    #[must_use]
    pub fn below(mut self) -> Self {
        self.top = false;
        self
    }

    /// With a form that is sent to `action`, a path of ours, and proves by `csrf` that it came from here.
    #[must_use]
    pub fn form(mut self, http: &HttpRequest, action: &str, csrf: &str) -> Self {
        self.action = Some(page::in_language(http, action));
        csrf.clone_into(&mut self.csrf);
        self
    }

    /// With a value that is sent along.
    #[must_use]
    pub fn hidden(mut self, name: &'static str, value: Option<&str>) -> Self {
        self.hidden.extend(value.map(|value| (name, value.to_owned())));
        self
    }

    /// With a field; its label is the text `field-<key>`, its hint `field-<key>-hint` where there is one.
    #[must_use]
    pub fn field(
        mut self,
        name: &'static str,
        key: &str,
        kind: &'static str,
        autocomplete: &'static str,
        value: &str,
    ) -> Self {
        let label = words(self.language, &format!("field-{key}"));
        let hint = language::text(self.language, &format!("field-{key}-hint"), &[]);
        let (id, value) = (format!("{key}-{name}"), value.to_owned());
        self.fields.push(Field { id, name, label, kind, value, autocomplete, hint });
        self
    }

    /// With something that went wrong, the text `key`.
    #[must_use]
    pub fn alert(mut self, key: &str, args: &[(&'static str, String)]) -> Self {
        self.alerts.push(language::of_code(self.language, key, args));
        self
    }

    /// With something that went well, the text `key`.
    #[must_use]
    pub fn note(mut self, key: &str) -> Self {
        self.notes.push(words(self.language, key));
        self
    }

    /// With each fault.
    #[must_use]
    pub fn faults(mut self, faults: &[Fault]) -> Self {
        self.alerts.extend(faults.iter().map(|fault| language::of_fault(self.language, fault)));
        self
    }

    /// With a picture, an SVG of ours, and what it says.
    #[must_use]
    pub fn picture(mut self, picture: Option<String>, typed: String) -> Self {
        self.picture = picture;
        self.typed = Some(typed);
        self
    }

    /// With a link to a path of ours; its words are the text `key`.
    #[must_use]
    pub fn link(mut self, http: &HttpRequest, path: &str, key: &str) -> Self {
        self.links.push((page::in_language(http, path), words(self.language, key)));
        self
    }

    /// As [`link`](Self::link), in words that are at hand.
    #[must_use]
    pub fn link_in_words(mut self, http: &HttpRequest, path: &str, words: String) -> Self {
        self.links.push((page::in_language(http, path), words));
        self
    }

    /// The title, for the page.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The section as HTML.
    ///
    /// # Errors
    /// `internal` when it cannot be drawn.
    pub fn html(&self) -> Result<String> {
        self.render().map_err(|e| crate::foundation::error::Error::internal("draw a form", e))
    }
}

fn words(language: Language, key: &str) -> String {
    language::of_code(language, key, &[])
}
