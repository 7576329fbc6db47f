//! Words for what the library names by itself: the types of a page, and scalars. Every other
//! description stands beside the type that it describes.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::{MetaField, MetaType, Registry},
};

/// Registered with a schema, gives its pages and scalars their descriptions. It is no type of
/// its own: registering is the one place where the library lets the schema be written to.
pub struct Descriptions;

/// Scalars by name.
const SCALARS: &[(&str, &str)] = &[
    ("ID", "What names one thing here; opaque, to be kept as it came. REST's UUIDs are taken as well."),
    ("DateTime", "A point in time, in UTC: `2026-11-27T08:00:00Z` (RFC 3339)."),
    ("NaiveDate", "A day of the calendar, without a time zone: `2026-11-27` (ISO 8601)."),
    ("NaiveDateTime", "A day and a time on the clock of a place named beside it: `2026-11-27T08:00:00`."),
];

/// Fields of the types of a page. `#` stands for what is listed.
const FIELDS: &[(&str, &str)] = &[
    ("pageInfo", "Where this page stands in the list, and whether there is more."),
    ("edges", "The rows of this page, each with its cursor."),
    ("nodes", "The rows of this page, without cursors."),
    ("node", "The row itself: a `#`."),
    ("cursor", "Where this row stands. Give it to `after` or `before` to go on from here."),
    ("hasPreviousPage", "Whether there are rows before this page. Known when walking with `last`."),
    ("hasNextPage", "Whether there are rows after this page. Known when walking with `first`."),
    ("startCursor", "The cursor of the first row, for `before`; null when the page is empty."),
    ("endCursor", "The cursor of the last row, for `after`; null when the page is empty."),
];

fn describe(registry: &mut Registry) {
    for (name, ty) in &mut registry.types {
        match ty {
            MetaType::Scalar { description, .. } => {
                if let Some((_, words)) = SCALARS.iter().find(|(scalar, _)| scalar == name) {
                    *description = Some((*words).to_owned());
                }
            }
            MetaType::Object { description, fields, .. } => {
                if let Some((words, listed)) = page_type(name) {
                    *description = Some(words);
                    fields.values_mut().for_each(|field| describe_field(field, listed));
                }
            }
            _ => {}
        }
    }
}

/// What a type of a page is, and what is listed.
fn page_type(name: &str) -> Option<(String, &str)> {
    if name == "PageInfo" {
        return Some(("Where a page stands in its list.".to_owned(), ""));
    }
    if let Some(listed) = name.strip_suffix("Connection") {
        return Some((format!("One page of a list of `{listed}`."), listed));
    }
    let listed = name.strip_suffix("Edge")?;
    Some((format!("A row of a list of `{listed}`, with its cursor."), listed))
}

fn describe_field(field: &mut MetaField, listed: &str) {
    if let Some((_, words)) = FIELDS.iter().find(|(name, _)| *name == field.name) {
        field.description = Some(words.replace('#', listed));
    }
}

impl OutputType for Descriptions {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("Boolean")
    }

    fn create_type_info(registry: &mut Registry) -> String {
        describe(registry);
        <bool as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    const QUERY: &str = "{ __schema { types { name description
        fields(includeDeprecated: true) { name description args { name description } }
        inputFields { name description } enumValues(includeDeprecated: true) { name description } } } }";

    /// Sentences that the library writes.
    const BOILERPLATE: &[&str] = &[
        "Implement the",
        "An edge in a connection",
        "A list of nodes",
        "A list of edges",
        "to aid in pagination",
        "for use in pagination",
        "When paginating",
        "# Examples",
    ];

    fn undescribed(at: &str, holder: &Value, found: &mut Vec<String>) {
        let at = format!("{at}.{}", holder["name"].as_str().unwrap());
        let words = holder["description"].as_str().unwrap_or_default().trim();
        if words.is_empty() || BOILERPLATE.iter().any(|sentence| words.contains(sentence)) {
            found.push(format!("{at}: {words:?}"));
        }
        for inner in ["fields", "args", "inputFields", "enumValues"] {
            holder[inner].as_array().into_iter().flatten().for_each(|one| undescribed(&at, one, found));
        }
    }

    #[actix_web::test]
    async fn everything_in_the_schema_is_described_in_our_own_words() {
        let answer = crate::graphql::schema().execute(QUERY).await.data.into_json().unwrap();
        let mut found = Vec::new();
        for ty in answer["__schema"]["types"].as_array().unwrap() {
            // The types of introspection are the specification's.
            if !ty["name"].as_str().unwrap().starts_with("__") {
                undescribed("", ty, &mut found);
            }
        }
        assert!(found.is_empty(), "{found:#?}");
    }
}
